// What rich text may hold (programme/common/richtext.py holds the same list), read from HTML and
// written as HTML. What is written and read again is the same text.

import { DOMParser, DOMSerializer, Schema } from "prosemirror-model";

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: {
      content: "inline*",
      group: "block",
      parseDOM: [{ tag: "p" }],
      toDOM: () => ["p", 0],
    },
    bullet_list: {
      content: "list_item+",
      group: "block",
      parseDOM: [{ tag: "ul" }],
      toDOM: () => ["ul", 0],
    },
    ordered_list: {
      content: "list_item+",
      group: "block",
      parseDOM: [{ tag: "ol" }],
      toDOM: () => ["ol", 0],
    },
    list_item: {
      content: "paragraph block*",
      defining: true,
      parseDOM: [{ tag: "li" }],
      toDOM: () => ["li", 0],
    },
    text: { group: "inline" },
    hard_break: {
      inline: true,
      group: "inline",
      selectable: false,
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
  },
  marks: {
    link: {
      attrs: { href: { validate: "string" } },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (node) => ({ href: node.getAttribute("href") }) }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  },
});

const reader = DOMParser.fromSchema(schema);
const writer = DOMSerializer.fromSchema(schema);

export function read(html) {
  // A document of its own: nothing in it is loaded or run.
  return reader.parse(new window.DOMParser().parseFromString(html, "text/html").body);
}

export function write(doc) {
  const page = document.implementation.createHTMLDocument("");
  page.body.append(writer.serializeFragment(doc.content, { document: page }));
  for (const paragraph of page.body.querySelectorAll("p")) {
    const item = paragraph.closest("li");
    if (!paragraph.hasChildNodes()) {
      paragraph.remove();
    } else if (item === paragraph.parentNode && item.querySelectorAll(":scope > p").length === 1) {
      paragraph.replaceWith(...paragraph.childNodes);
    }
  }
  return page.body.innerHTML;
}

// The text alone, a line for each paragraph and item: what the length is counted by.
export function lines(doc) {
  return doc.textBetween(0, doc.content.size, "\n", "\n");
}
