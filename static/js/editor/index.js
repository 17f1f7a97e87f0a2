// Turns each text area that is for rich text (templates/django/forms/widgets/rich_text.html) into an
// editor with a tool bar. A form works without this file: the text area then takes plain text.
//
// What is sent is a hidden box of the text area's name, which holds a mark and HTML. The text area
// itself stays, unseen and unsent, for the count of characters that stands below it.

import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { DOMParser } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

import { LinkBox } from "./link.js";
import { asMeant, fromPlain } from "./pasted.js";
import { lines, read, schema, write } from "./text.js";
import { ToolBar } from "./toolbar.js";

export { asMeant, fromPlain, read, write };

const { bullet_list, ordered_list, list_item, hard_break } = schema.nodes;
const { strong, em } = schema.marks;

// The innermost list that the selection begins in: its kind and where it stands; undefined for none.
function listAround({ $from }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const kind = $from.node(depth).type;
    if (kind === bullet_list || kind === ordered_list) return { kind, at: $from.before(depth) };
  }
  return undefined;
}

// Makes a list of the paragraphs, or one kind of list the other, or paragraphs of the items.
function list(kind) {
  return (state, dispatch) => {
    const around = listAround(state.selection);
    if (!around) return wrapInList(kind)(state, dispatch);
    if (around.kind === kind) return liftListItem(list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(around.at, kind));
    return true;
  };
}

function isIn(kind) {
  return (state) => listAround(state.selection)?.kind === kind;
}

function has(mark) {
  return (state) => {
    const { from, $from, to, empty } = state.selection;
    if (empty) return Boolean(mark.isInSet(state.storedMarks || $from.marks()));
    return state.doc.rangeHasMark(from, to, mark);
  };
}

function lineEnd(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
}

const STEPS = [
  { name: "Bold", look: "bold", command: toggleMark(strong), isOn: has(strong), keys: "Mod-b" },
  { name: "Italic", look: "italic", command: toggleMark(em), isOn: has(em), keys: "Mod-i" },
  { name: "Bullets", command: list(bullet_list), isOn: isIn(bullet_list) },
  { name: "Numbers", command: list(ordered_list), isOn: isIn(ordered_list) },
  { name: "Indent", command: sinkListItem(list_item), keys: "Mod-]" },
  { name: "Outdent", command: liftListItem(list_item), keys: "Mod-[" },
  { name: "Undo", command: undo, keys: "Mod-z" },
  { name: "Redo", command: redo, keys: "Mod-y" },
];

function edit(area) {
  const label = document.querySelector(`label[for="${area.id}"]`);
  const { rich, richMark } = area.dataset;
  const first = read(rich);
  const sent = document.createElement("input");
  const place = document.createElement("div");
  const hint = document.getElementById(`${area.id}-plain`);
  const link = new LinkBox(area.id, schema.marks.link, has(schema.marks.link));
  const steps = STEPS.toSpliced(6, 0, { name: "Link", ...link.step, keys: "Mod-k" });
  const bar = new ToolBar(`Format: ${label.textContent.trim()}`, area.id, steps);
  const keys = Object.fromEntries(steps.filter((each) => each.keys).map((each) => [each.keys, each.command]));

  label.id ||= `${area.id}-label`;
  const attributes = {
    id: area.id,
    class: "app-editor__text app-rich",
    role: "textbox",
    tabindex: "0",
    "aria-multiline": "true",
    "aria-labelledby": label.id,
  };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name);
  }
  place.className = "app-editor";
  const height = `${area.offsetHeight}px`;
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: first,
      plugins: [
        inputRules({
          rules: [
            wrappingInputRule(/^\s*[-*•·]\s$/, bullet_list),
            wrappingInputRule(/^\s*1[.)]\s$/, ordered_list),
          ],
        }),
        keymap({ ...keys, "Shift-Mod-z": redo, "Shift-Enter": lineEnd, Backspace: undoInputRule }),
        keymap({ Enter: splitListItem(list_item) }),
        keymap(baseKeymap),
        history(),
      ],
    }),
    attributes,
    transformPastedHTML: asMeant,
    clipboardTextParser: (text) => DOMParser.fromSchema(schema).parseSlice(fromPlain(text)),
    dispatchTransaction(change) {
      view.updateState(view.state.apply(change));
      bar.show(view.state);
      if (change.docChanged) keep();
    },
  });

  // A text that is as it was is sent as it was, letter by letter.
  function keep() {
    const { doc } = view.state;
    sent.value = richMark + (doc.eq(first) ? rich : write(doc));
    count();
    sent.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function count() {
    area.value = lines(view.state.doc);
    area.dispatchEvent(new Event("input"));
  }

  sent.type = "hidden";
  sent.name = area.name;
  sent.value = richMark + rich;
  area.removeAttribute("name");
  area.id = `${area.id}-counted`;
  area.hidden = true;
  area.className = "app-editor__counted"; // GOV.UK Frontend's own class would show it
  hint.textContent = "Shift and Tab lead to the tool bar.";
  hint.classList.add("govuk-visually-hidden");
  view.dom.style.minHeight = height;
  place.prepend(bar.element, link.element);
  area.after(place, sent);
  area.autocomplete = "off";
  bar.serve(view);
  link.serve(view);
  bar.show(view.state);
  count();
  label.addEventListener("click", () => view.focus());
  // The component that counts reads the text while its own box has the focus.
  for (const kind of ["focus", "blur"]) {
    view.dom.addEventListener(kind, () => area.dispatchEvent(new Event(kind)));
  }
}

export function editAll() {
  for (const area of document.querySelectorAll("textarea[data-rich]")) edit(area);
}
