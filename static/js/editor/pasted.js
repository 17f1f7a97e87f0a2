// What word processors put on the clipboard, as the HTML that it means.
//
// Word's lists are paragraphs: level and kind stand in their style, the mark in their text. Google
// Docs puts bold and italic into styles, and lists of a second level beside an item, not in it. Word
// for the web wraps each item into a list of its own.

const LEVEL = /mso-list:\s*l\d+\s+level(\d+)/i;
const MARK = '[data-style*="mso-list:Ignore" i], [data-style*="mso-list: Ignore" i]';
const NUMBERED = /^\(?(?:\d+|[a-z]|[ivxlc]+)(?:\.\d+)*[.)]/i;

export function asMeant(html) {
  if (html.includes("data-pm-slice")) return html; // copied from a text of the portal
  const page = new DOMParser().parseFromString(quiet(html), "text/html");
  withoutLeftovers(page);
  withEmphasis(page);
  withRealLists(page);
  withNestedLists(page);
  return page.body.innerHTML;
}

// Without comments and styles. Inline styles are kept under another name, because the content policy
// would complain of each of them.
function quiet(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^>]*>/g, "")
    .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

function withoutLeftovers(page) {
  for (const mark of page.querySelectorAll("o\\:p")) mark.replaceWith(...mark.childNodes);
  for (const wrapper of page.querySelectorAll(".ListContainerWrapper")) {
    wrapper.replaceWith(...wrapper.childNodes);
  }
  for (const paragraph of page.querySelectorAll("p")) {
    if (!paragraph.textContent.trim()) paragraph.remove();
  }
  for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const paragraph = page.createElement("p");
    const strong = page.createElement("strong");
    strong.append(...heading.childNodes);
    paragraph.append(strong);
    if (heading.dataset.style) paragraph.dataset.style = heading.dataset.style;
    heading.replaceWith(paragraph);
  }
}

function withEmphasis(page) {
  for (const piece of page.querySelectorAll("span[data-style], b[data-style]")) {
    const style = piece.dataset.style;
    if (piece.localName === "b") {
      if (/font-weight:\s*(normal|400)/i.test(style)) piece.replaceWith(...piece.childNodes);
      continue;
    }
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) inside(page, piece, "strong");
    if (/font-style:\s*italic/i.test(style)) inside(page, piece, "em");
  }
}

function inside(page, piece, name) {
  const wrapper = page.createElement(name);
  wrapper.append(...piece.childNodes);
  piece.append(wrapper);
}

// Level and kind of a line that stands for an item, with what it says; undefined for any other.
function itemOf(line) {
  if (line.localName === "p") {
    const level = LEVEL.exec(line.dataset.style ?? "");
    if (!level) return undefined;
    const mark = line.querySelector(MARK);
    const kind = NUMBERED.test(mark?.textContent.trim() ?? "") ? "ol" : "ul";
    mark?.remove();
    return { level: Number(level[1]), kind, says: [...line.childNodes] };
  }
  const item = line.children.length === 1 ? line.firstElementChild : null;
  const level = Number(item?.dataset.ariaLevel);
  return level ? { level, kind: line.localName, says: [...item.childNodes] } : undefined;
}

function withRealLists(page) {
  let open = []; // the lists that the next item may belong to, from the outermost in
  let outermost = null;
  for (const line of page.querySelectorAll("p[data-style], ul, ol")) {
    const found = line.isConnected ? itemOf(line) : undefined;
    if (!found) continue;
    if (line.previousElementSibling !== outermost) open = [];
    while (open.length && open.at(-1).level > found.level) open.pop();
    if (open.at(-1)?.level === found.level && open.at(-1).list.localName !== found.kind) open.pop();
    if (!open.length || open.at(-1).level < found.level) {
      const list = page.createElement(found.kind);
      if (open.length) {
        open.at(-1).list.lastElementChild.append(list);
      } else {
        line.before(list);
        outermost = list;
      }
      open.push({ level: found.level, list });
    }
    const item = page.createElement("li");
    item.append(...found.says);
    open.at(-1).list.append(item);
    line.remove();
  }
}

function withNestedLists(page) {
  for (const list of page.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const above = list.previousElementSibling;
    if (above?.localName === "li") above.append(list);
  }
}

// Plain text as programme/common/richtext.py reads it: an empty line parts paragraphs, other lines stay
// lines, lines with a mark are items, and what is indented below an item belongs to it.
export function fromPlain(text) {
  const page = document.implementation.createHTMLDocument("");
  const blocks = text.replace(/\r\n?|[\v\f\u0085\u2028]/g, "\n").split(/\n(?:[ \t]*\n)+|\u2029/);
  for (const block of blocks) {
    let open = null;
    for (const line of block.split("\n").filter((each) => each.trim())) {
      const [kind, says] = marked(line.trim(), open);
      const goesOn = kind === "p" && open && (open.localName === "p" || /^[ \t]/.test(line));
      if (goesOn) {
        (open.localName === "p" ? open : open.lastElementChild).append(page.createElement("br"), says);
        continue;
      }
      if (kind === "p" || open?.localName !== kind) {
        open = page.createElement(kind);
        page.body.append(open);
      }
      if (kind !== "p") open.append(page.createElement("li"));
      (open.lastElementChild ?? open).append(says);
    }
  }
  return page.body;
}

const BULLET = /^(?:[-–—*•·‣▪●◦○■➢❖✓\uf02d\uf06c\uf06e\uf06f\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]\s+|o(?:\t|\s{2})\s*)/;

function marked(line, open) {
  const bullet = BULLET.exec(line);
  if (bullet) return ["ul", line.slice(bullet[0].length)];
  const number = /^(\d{1,3})[.)]\s+/.exec(line);
  const next = open?.localName === "ol" ? open.children.length + 1 : 1;
  if (number && Number(number[1]) === next) return ["ol", line.slice(number[0].length)];
  return ["p", line];
}
