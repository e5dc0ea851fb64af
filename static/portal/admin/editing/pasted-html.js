// What was copied in Word, Excel, Outlook or a web page, as Markdown. Turndown converts; here is what
// those programs mean by their HTML. The document is parsed without being shown: nothing in it runs or
// is loaded, and what an address or a style could do is left out.

import Turndown from "../../../vendor/turndown/turndown.js";

const BLOCKS = "p, div, ul, ol, table, pre, blockquote, h1, h2, h3, h4, h5, h6";
const MEANT =
  "ul, ol, table, a[href], strong, b, em, i, code, pre, blockquote, h1, h2, h3, h4, h5, h6";
const LEFT_OUT =
  "script, style, meta, link, title, template, iframe, object, svg, input, button, [hidden]";
const LINK = /^(https?:|mailto:|tel:)/i;

// Styles and handlers are words here. Even in a document that is never shown the browser would look at
// them, and report that the policy forbids them.
const inert = (html) =>
  html.replace(
    /<[a-z][^<>]*>/gi,
    (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, "$1data-$2"),
  );
const parsed = (html) => new DOMParser().parseFromString(inert(html), "text/html");

// A list of Word is a row of paragraphs that name their level, each with its marker as text.
function wordLists(body) {
  const levelOf = (p) =>
    Number(/mso-list:[^;]*level(\d+)/i.exec(p?.getAttribute("data-style"))?.[1] || 0);
  [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")].filter(levelOf).forEach((p) => {
    const marker = [...p.querySelectorAll("span")].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute("data-style"))
    );
    const tag = /^\s*(\d+|[a-z]|[ivx]+)[.)]/i.test(marker?.textContent || "") ? "ol" : "ul";
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
    if (/font-weight:\s*(normal|400)/i.test(one.getAttribute("data-style"))) {
      one.replaceWith(...one.childNodes);
    }
  });
  body.querySelectorAll("span[data-style]").forEach((span) => {
    const style = span.getAttribute("data-style");
    const wrap = (tag) => {
      const one = body.ownerDocument.createElement(tag);
      one.append(...span.childNodes);
      span.append(one);
    };
    if (!span.textContent.trim() || span.querySelector(BLOCKS)) return;
    if (/font-family:[^;]*(consolas|courier|menlo|monospace)/i.test(style)) wrap("code");
    else {
      if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrap("strong");
      if (/font-style:\s*italic/i.test(style)) wrap("em");
    }
  });
}

function links(body) {
  body.querySelectorAll("a").forEach((a) => {
    const href = a.getAttribute("href") || "";
    if (!LINK.test(href) || !a.textContent.trim()) a.replaceWith(...a.childNodes);
    else if (href.startsWith(`${location.origin}/`)) {
      a.setAttribute("href", href.slice(location.origin.length));
    }
  });
  body.querySelectorAll("img").forEach((image) => image.replaceWith(image.alt || ""));
}

// Sections hold headings from the third level on.
function headings(body) {
  const all = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const shift = Math.max(0, 3 - Math.min(...all.map((one) => Number(one.tagName[1]))));
  all.forEach((one) => {
    const level = Math.min(6, Number(one.tagName[1]) + shift);
    const other = body.ownerDocument.createElement(`h${level}`);
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
  if (/white-space:\s*pre/i.test(body.firstElementChild?.getAttribute("data-style"))) return null;
  wordLists(body);
  styles(body);
  links(body);
  headings(body);
  if (!body.querySelector(MEANT)) return null;
  const text = turndown.turndown(body)
    .replace(/^(\s*(?:[-*+]|\d+\.)) +/gm, "$1 ")
    .replace(/[ \u00a0]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
  if (!text) return null;
  return { text, isBlock: text.includes("\n") || /^([-#>|]|\d+\.) /.test(text) };
}

// Whether anything was copied but a picture.
export function holdsWords(data) {
  if (data.getData("text/plain").trim()) return true;
  const { body } = parsed(data.getData("text/html"));
  return body.textContent.trim() !== "";
}
