import assert from "node:assert/strict";
import {
  fitsAddress,
  hasLines,
  isSuggestedFor,
  LIMITS,
  withNewest,
} from "../../../static/portal/searching/queries.js";

for (
  const [name, text, fits] of [
    ["a code", "0x80070005", true],
    ["nothing", "", true],
    ["a line with its end", "code\n", true],
    ["two lines", "one\ntwo", false],
    ["as long as typed", "a".repeat(LIMITS.typed), true],
    ["longer than typed", "a".repeat(LIMITS.typed + 1), false],
    ["as long as an address", "é".repeat(LIMITS.address / 6), true],
    ["too long once encoded", "é".repeat(LIMITS.address / 6 + 1), false],
  ]
) {
  Deno.test(`into the address: ${name}`, () => assert.equal(fitsAddress(text), fits));
}

for (
  const [text, has] of [["one", false], ["one\n", false], ["a\nb", true], ["a\rb", true]]
) {
  Deno.test(`lines in ${JSON.stringify(text)}`, () => assert.equal(hasLines(text), has));
}

for (const [length, is] of [[0, false], [1, false], [2, true], [120, true], [121, false]]) {
  Deno.test(`suggestions for ${length} characters`, () => {
    assert.equal(isSuggestedFor("a".repeat(length)), is);
  });
}

const EIGHT = ["1", "2", "3", "4", "5", "6", "7", "8"];
for (
  const [name, kept, text, after] of [
    ["the first", null, "a", ["a"]],
    ["what is no list", { a: 1 }, "a", ["a"]],
    ["the newest leads", ["b"], "a", ["a", "b"]],
    ["one said again moves", ["b", "a"], "a", ["a", "b"]],
    ["the ninth goes", EIGHT, "0", ["0", "1", "2", "3", "4", "5", "6", "7"]],
  ]
) {
  Deno.test(`last searches: ${name}`, () => assert.deepEqual(withNewest(kept, text), after));
}
