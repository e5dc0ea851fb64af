// What other programs mean by the styles and addresses of their HTML, and how the Markdown of it is
// written. Touches no page.

const LINK = /^(https?:|mailto:|tel:)/i;

// Styles and handlers are words here. Even in a document that is never shown the browser would look at
// them, and report that the policy forbids them.
export const inert = (html) =>
  html.replace(
    /<[a-z][^<>]*>/gi,
    (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, "$1data-$2"),
  );

// At which level of a list a paragraph of Word stands, from 1; 0: in none.
export const listLevel = (style) => Number(/mso-list:[^;]*level(\d+)/i.exec(style)?.[1] || 0);

// Whether a part of such a paragraph is its marker, and the element of which list that one is of.
export const isMarker = (style) => /mso-list:\s*ignore/i.test(style);
export const listTag = (marker) => /^\s*\(?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(marker) ? "ol" : "ul";

// Whether what an element makes bold is not.
export const isNotBold = (style) => /font-weight:\s*(normal|400)/i.test(style);

// The elements that say what a style says alone, the inner one first.
export function tagsOf(style) {
  if (/font-family:[^;]*(consolas|courier|menlo|monospace)/i.test(style)) return ["code"];
  const isBold = /font-weight:\s*(bold|[6-9]00)/i.test(style);
  const isItalic = /font-style:\s*italic/i.test(style);
  return [...(isBold ? ["strong"] : []), ...(isItalic ? ["em"] : [])];
}

// Whether it was copied in an editor of code.
export const isCode = (style) => /white-space:\s*pre/i.test(style);

// The address that a link to `href` leads to from here, the portal's own without their host; "": none
// that a text may lead to.
export function addressOf(href, origin) {
  if (!LINK.test(href)) return "";
  return href.startsWith(`${origin}/`) ? href.slice(origin.length) : href;
}

// Sections hold headings from the third level on: the levels that `levels` become.
export function headingLevels(levels) {
  const shift = Math.max(0, 3 - Math.min(...levels));
  return levels.map((level) => Math.min(6, level + shift));
}

// Markdown as the portal writes it: a blank behind a marker, none at an end of a line, one empty line.
export const tidied = (markdown) =>
  markdown.replace(/^(\s*(?:[-*+]|\d+\.)) +/gm, "$1 ")
    .replace(/[ \u00a0]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();

// Whether Markdown has to stand on lines of its own.
export const isBlock = (markdown) =>
  markdown.includes("\n") || /^([->|]|#{1,6}|\d+\.) /.test(markdown);
