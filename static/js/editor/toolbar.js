// A tool bar as the ARIA practices describe it: one stop for the Tab key, arrows from button to button.

export class ToolBar {
  constructor(name, controls, steps) {
    this.element = document.createElement("div");
    this.element.className = "app-editor__bar";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", name);
    this.element.setAttribute("aria-controls", controls);
    this.buttons = steps.map((step) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `app-editor__step${step.look ? ` app-editor__step--${step.look}` : ""}`;
      button.textContent = step.name;
      button.tabIndex = -1;
      if (step.keys) button.setAttribute("aria-keyshortcuts", step.keys.toUpperCase().replace("MOD-", "Control+"));
      this.element.append(button);
      return { button, ...step };
    });
    this.buttons[0].button.tabIndex = 0;
    this.element.addEventListener("keydown", (event) => this.move(event));
  }

  serve(view) {
    for (const { button, command } of this.buttons) {
      // The text keeps its focus and selection when a button is pressed with the mouse.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        this.stop(button);
        if (button.getAttribute("aria-disabled") !== "true") command(view.state, view.dispatch, view);
      });
    }
  }

  show(state) {
    for (const { button, command, isOn } of this.buttons) {
      if (isOn) button.setAttribute("aria-pressed", String(isOn(state)));
      button.setAttribute("aria-disabled", String(!command(state)));
    }
  }

  stop(button) {
    for (const each of this.buttons) each.button.tabIndex = each.button === button ? 0 : -1;
  }

  move(event) {
    const all = this.buttons.map((each) => each.button);
    const here = all.indexOf(event.target);
    const last = all.length - 1;
    const there = {
      ArrowRight: here === last ? 0 : here + 1,
      ArrowLeft: here === 0 ? last : here - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (here < 0 || there === undefined) return;
    event.preventDefault();
    this.stop(all[there]);
    all[there].focus();
  }
}
