// What styles, markers and addresses of other programs mean. What becomes of whole documents is
// tested in a browser: tests/browser/editing/test_pasting_formatted.py.

import assert from "node:assert/strict";
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
} from "../../../static/portal/admin/editing/pasted-meaning.js";

for (
  const [html, expected] of [
    ["<p style='color: red'>", "<p data-style='color: red'>"],
    ['<p class="a" STYLE = "x">', '<p class="a" data-STYLE = "x">'],
    ["<img src=x onerror=a()>", "<img src=x data-onerror=a()>"],
    ["<svg/onload=a()>", "<svg/data-onload=a()>"],
    ["<a href='x'onclick='a()'>", "<a href='x'data-onclick='a()'>"],
    ["<p>style = none, on = 1</p>", "<p>style = none, on = 1</p>"],
    ["<p>the style = none</p>", "<p>the style = none</p>"],
    ["<p>5 < 6 style=3 ></p>", "<p>5 < 6 style=3 ></p>"],
    ['<p class="the style">', '<p class="the style">'],
    ["<p data-style='a'>", "<p data-style='a'>"],
  ]
) {
  Deno.test(`no style and no handler is left in ${html}`, () => {
    assert.equal(inert(html), expected);
  });
}

for (
  const [style, level] of [
    ["mso-list:l0 level1 lfo1", 1],
    ["color: red; MSO-LIST: l12 level10 lfo3; x: y", 10],
    ["mso-list:none; level2", 0],
    ["", 0],
  ]
) {
  Deno.test(`level ${level} of a list of Word: ${style}`, () => {
    assert.equal(listLevel(style), level);
  });
}

Deno.test("the marker of a paragraph of Word", () => {
  assert.ok(isMarker("mso-list:Ignore"));
  assert.ok(isMarker("mso-list: ignore"));
  assert.ok(!isMarker("mso-list:l0 level1 lfo1"));
  assert.ok(!isMarker(""));
});

for (
  const marker of ["1.", " 12)", "a.", "B)", "iv.", "xl)", "(1)", "(b)", "1.2.", "3.\u00a0\u00a0"]
) {
  Deno.test(`${marker} numbers a list`, () => assert.equal(listTag(marker), "ol"));
}
for (const marker of ["·", "o", "§", "-", "", "no.", "3"]) {
  Deno.test(`"${marker}" marks a list`, () => assert.equal(listTag(marker), "ul"));
}

for (
  const [style, tags] of [
    ["font-weight:700", ["strong"]],
    ["font-weight: BOLD", ["strong"]],
    ["font-weight:600; font-style: italic", ["strong", "em"]],
    ["font-style:italic;", ["em"]],
    ["font-weight:500", []],
    ["font-family: 'Segoe UI', Consolas, sans-serif; font-weight:700", ["code"]],
    ["font-family:Arial; src: monospace", []],
    ["", []],
  ]
) {
  Deno.test(`"${style}" means ${tags.join(" in ") || "nothing"}`, () => {
    assert.deepEqual(tagsOf(style), tags);
  });
}

Deno.test("a bold that is none, and lines that are code", () => {
  assert.ok(isNotBold("font-weight:normal"));
  assert.ok(isNotBold("font-weight: 400"));
  assert.ok(!isNotBold("font-weight:700"));
  assert.ok(!isNotBold(""));
  assert.ok(isCode("font-family: x; white-space: pre-wrap"));
  assert.ok(isCode("white-space:pre"));
  assert.ok(!isCode("white-space: normal"));
});

const HERE = "https://portal.example.org";
for (
  const [href, expected] of [
    ["https://example.org/a", "https://example.org/a"],
    ["HTTP://example.org/", "HTTP://example.org/"],
    ["mailto:a@example.org", "mailto:a@example.org"],
    ["tel:+33123456789", "tel:+33123456789"],
    [`${HERE}/fr/articles/a/#cause`, "/fr/articles/a/#cause"],
    [`${HERE}.example.net/a`, `${HERE}.example.net/a`],
    ["javascript:attack()", ""],
    ["data:text/html,a", ""],
    ["file:///C:/a.docx", ""],
    ["xhttps://example.org", ""],
    ["#bookmark", ""],
    ["", ""],
  ]
) {
  Deno.test(`a link to "${href}" leads to "${expected}"`, () => {
    assert.equal(addressOf(href, HERE), expected);
  });
}

for (
  const [levels, expected] of [
    [[1, 2, 1, 3], [3, 4, 3, 5]],
    [[2, 3], [3, 4]],
    [[3, 4], [3, 4]],
    [[5], [5]],
    [[1, 5, 6], [3, 6, 6]],
    [[], []],
  ]
) {
  Deno.test(`headings of levels ${levels} begin at the third`, () => {
    assert.deepEqual(headingLevels(levels), expected);
  });
}

for (
  const [markdown, expected] of [
    ["-   a\n    -   b", "- a\n    - b"],
    ["1.  a\n10. b", "1. a\n10. b"],
    ["a  \nb\u00a0\u00a0\nc", "a\nb\nc"],
    ["\n\na\n\n\n\nb\n", "a\n\nb"],
    ["a\n\n\nb", "a\n\nb"],
    ["a -   b", "a -   b"],
  ]
) {
  Deno.test(`as the portal writes it: ${JSON.stringify(markdown)}`, () => {
    assert.equal(tidied(markdown), expected);
  });
}

for (const text of ["a\nb", "- a", "### a", "> a", "| a |", "12. a"]) {
  Deno.test(`${JSON.stringify(text)} stands on lines of its own`, () => assert.ok(isBlock(text)));
}
for (const text of ["a - b", "-a", "1.5 times", "**a**", "#5"]) {
  Deno.test(`"${text}" stands in a line`, () => assert.ok(!isBlock(text)));
}
