// What was copied in Word, Excel, Outlook or a web page, as Markdown. Turndown converts; here is what
// those programs mean by their HTML. The document is parsed without being shown: nothing in it runs or
// is loaded, and what an address or a style could do is left out.

import Turndown from "../../../vendor/turndown/turndown.js";
import {
  addressOf,
  headingLevels,
  inert,
  isBlock,
  isCode,
  isMarker,
  isNotBold,
  listLevel,
  listTag,
  tagsOf,
  tidied,
} from "./pasted-meaning.js";

const BLOCKS = "p, div, ul, ol, table, pre, blockquote, h1, h2, h3, h4, h5, h6";
const MEANT =
  "ul, ol, table, a[href], strong, b, em, i, code, pre, blockquote, h1, h2, h3, h4, h5, h6";
const LEFT_OUT =
  "script, style, meta, link, title, template, iframe, object, svg, input, button, [hidden]";

const styleOf = (one) => one?.getAttribute("data-style") || "";
const parsed = (html) => new DOMParser().parseFromString(inert(html), "text/html");

// A list of Word is a row of paragraphs that name their level, each with its marker as text.
function wordLists(body) {
  const levelOf = (p) => listLevel(styleOf(p));
  [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")].filter(levelOf).forEach((p) => {
    const marker = [...p.querySelectorAll("span")].find((span) => isMarker(styleOf(span)));
    const tag = listTag(marker?.textContent || "");
    marker?.remove();
    const item = body.ownerDocument.createElement("li");
    item.append(...p.childNodes);
    const level = levelOf(p);
    let list = p.previousElementSibling;
    if (list?.dataset.word !== "list") {
      list = body.ownerDocument.createElement(tag);
      list.dataset.word = "list";
      p.before(list);
    }
    for (let depth = 1; depth < level && list.lastElementChild; depth += 1) {
      const last = list.lastElementChild;
      let inner = last.lastElementChild;
      if (!inner?.matches("ul, ol")) {
        inner = body.ownerDocument.createElement(tag);
        last.append(inner);
      }
      list = inner;
    }
    list.append(item);
    p.remove();
  });
}

// Some programs say bold, italic and code by styles alone; Google Docs wraps all in a bold that is none.
function styles(body) {
  body.querySelectorAll("b, strong").forEach((one) => {
    if (isNotBold(styleOf(one))) one.replaceWith(...one.childNodes);
  });
  body.querySelectorAll("span[data-style]").forEach((span) => {
    if (!span.textContent.trim() || span.querySelector(BLOCKS)) return;
    tagsOf(styleOf(span)).forEach((tag) => {
      const one = body.ownerDocument.createElement(tag);
      one.append(...span.childNodes);
      span.append(one);
    });
  });
}

function links(body) {
  body.querySelectorAll("a").forEach((a) => {
    const address = addressOf(a.getAttribute("href") || "", location.origin);
    if (!address || !a.textContent.trim()) a.replaceWith(...a.childNodes);
    else a.setAttribute("href", address);
  });
  body.querySelectorAll("img").forEach((image) => image.replaceWith(image.alt || ""));
}

function headings(body) {
  const all = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const levels = headingLevels(all.map((one) => Number(one.tagName[1])));
  all.forEach((one, number) => {
    const other = body.ownerDocument.createElement(`h${levels[number]}`);
    other.append(...one.childNodes);
    one.replaceWith(other);
  });
}

const turndown = new Turndown({
  headingStyle: "atx",
  bulletListMarker: "-",
  codeBlockStyle: "fenced",
  emDelimiter: "*",
  hr: "---",
});
const escape = turndown.escape.bind(turndown);
turndown.escape = (text) => escape(text).replaceAll("<", "\\<");
turndown.addRule("cell", {
  filter: ["td", "th"],
  replacement: (content) => ` ${content.trim().replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|")} |`,
});
turndown.addRule("row", {
  filter: "tr",
  replacement: (content, row) => {
    const first = row.closest("table")?.querySelector("tr") === row;
    const line = `\n|${content}`;
    return first ? `${line}\n|${" --- |".repeat(row.cells.length)}` : line;
  },
});
turndown.addRule("table", {
  filter: "table",
  replacement: (content, table) =>
    table.querySelectorAll("td, th").length > 1
      ? `\n\n${content.replace(/\n+/g, "\n").trim()}\n\n`
      : `\n\n${table.textContent.trim()}\n\n`,
});

// Markdown, and whether it stands on lines of its own; null where the HTML says no more than its text.
export function markdownOf(html) {
  const { body } = parsed(html);
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((comment) => comment.remove());
  body.querySelectorAll(LEFT_OUT).forEach((one) => one.remove());
  // Copied in an editor of code: its text is what was meant.
  if (isCode(styleOf(body.firstElementChild))) return null;
  wordLists(body);
  styles(body);
  links(body);
  headings(body);
  if (!body.querySelector(MEANT)) return null;
  const text = tidied(turndown.turndown(body));
  return text ? { text, isBlock: isBlock(text) } : null;
}

// Whether anything was copied but a picture.
export function holdsWords(data) {
  if (data.getData("text/plain").trim()) return true;
  const { body } = parsed(data.getData("text/html"));
  return body.textContent.trim() !== "";
}
