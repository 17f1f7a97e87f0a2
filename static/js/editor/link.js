// Asks for the address of a link, below the tool bar. Nothing of it is sent with the form.

const KNOWN = /^(https?:\/\/|mailto:)\S+$/i;

// The address that somebody means: "example.org/a" and "office@example.org" are read as such.
export function addressOf(typed) {
  const text = typed.trim();
  if (KNOWN.test(text)) return text;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(text)) return `mailto:${text}`;
  if (/^[^\s@:/]+\.[^\s@:/]{2,}([/?#:]\S*)?$/.test(text)) return `https://${text}`;
  return "";
}

export class LinkBox {
  constructor(id, mark, isOn) {
    this.mark = mark;
    this.element = document.createElement("div");
    this.element.className = "app-editor__link";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Link");
    this.element.hidden = true;
    this.label = made("label", "govuk-label", "Address of the link");
    this.problem = made("p", "govuk-error-message", "");
    this.box = made("input", "govuk-input", "");
    this.label.htmlFor = this.box.id = `${id}-address`;
    this.problem.id = `${id}-address-problem`;
    this.problem.hidden = true;
    this.box.type = "text";
    this.box.inputMode = "url";
    this.box.spellcheck = false;
    this.box.autocomplete = "off";
    this.set = made("button", "govuk-button govuk-button--secondary", "Set link");
    this.remove = made("button", "govuk-button govuk-button--secondary", "Remove link");
    this.close = made("button", "govuk-button govuk-button--secondary", "Cancel");
    const buttons = made("div", "govuk-button-group", "");
    for (const button of [this.set, this.remove, this.close]) {
      button.type = "button";
      buttons.append(button);
    }
    this.element.append(this.label, this.problem, this.box, buttons);
    this.step = { command: (state, dispatch) => this.ask(state, dispatch), isOn };
  }

  serve(view) {
    this.view = view;
    this.set.addEventListener("click", () => this.link());
    this.remove.addEventListener("click", () => this.unlink());
    this.close.addEventListener("click", () => this.back());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.back();
      if (event.key !== "Enter" || event.target !== this.box) return;
      event.preventDefault(); // it would send the form
      this.link();
    });
    // What is typed here is no change of the form.
    this.element.addEventListener("input", (event) => event.stopPropagation());
    this.element.addEventListener("change", (event) => event.stopPropagation());
  }

  ask(state, dispatch) {
    if (!dispatch) return true;
    const { from, to } = this.reach(state);
    let href = "";
    state.doc.nodesBetween(from, to, (node) => {
      href ||= this.mark.isInSet(node.marks)?.attrs.href ?? "";
    });
    this.box.value = href;
    this.remove.hidden = !href;
    this.say("");
    this.element.hidden = false;
    this.box.focus();
    return true;
  }

  // What is marked; without a mark the link in which the cursor stands.
  reach(state) {
    const { $from, from, to, empty } = state.selection;
    if (!empty) return { from, to };
    const parent = $from.parent;
    const found = this.mark.isInSet($from.marks());
    if (!found) return { from, to };
    let first = $from.index();
    let last = $from.index() + ($from.textOffset ? 1 : 0);
    while (first > 0 && found.isInSet(parent.child(first - 1).marks)) first -= 1;
    while (last < parent.childCount && found.isInSet(parent.child(last).marks)) last += 1;
    const at = (count) => {
      let size = $from.start();
      for (let index = 0; index < count; index += 1) size += parent.child(index).nodeSize;
      return size;
    };
    return { from: at(first), to: at(last) };
  }

  link() {
    const href = addressOf(this.box.value);
    if (!href) {
      this.say("Enter an address that begins with https://, http:// or mailto:");
      this.box.focus();
      return;
    }
    const { state } = this.view;
    const { from, to } = this.reach(state);
    const mark = this.mark.create({ href });
    const { tr } = state;
    if (from === to) {
      tr.insert(from, state.schema.text(this.box.value.trim(), [mark]));
    } else {
      tr.removeMark(from, to, this.mark).addMark(from, to, mark);
    }
    this.view.dispatch(tr);
    this.back();
  }

  unlink() {
    const { from, to } = this.reach(this.view.state);
    this.view.dispatch(this.view.state.tr.removeMark(from, to, this.mark));
    this.back();
  }

  back() {
    this.element.hidden = true;
    this.view.focus();
  }

  say(problem) {
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
    this.box.classList.toggle("govuk-input--error", Boolean(problem));
    if (problem) {
      this.box.setAttribute("aria-describedby", this.problem.id);
      this.box.setAttribute("aria-invalid", "true");
    } else {
      this.box.removeAttribute("aria-describedby");
      this.box.removeAttribute("aria-invalid");
    }
  }
}

function made(tag, look, text) {
  const element = document.createElement(tag);
  element.className = look;
  element.textContent = text;
  return element;
}
