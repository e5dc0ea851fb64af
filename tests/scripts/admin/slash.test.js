import assert from "node:assert/strict";
import { askedFor, matching } from "../../../static/portal/admin/editing/slash.js";

for (
  const [before, asked] of [
    ["/", ""],
    ["/tab", "tab"],
    ["  /É", "É"],
    ["- /t", "t"],
    ["1. /liste n", "liste n"],
    ["> - /x", "x"],
    // What is written, and no question.
    ["", null],
    ["shutdown /r", null],
    ["a/b", null],
    ["/etc/hosts", null],
    ["/2", null],
    ["/ ", null],
    ["//", null],
  ]
) {
  Deno.test(`what "${before}" asks for`, () => assert.equal(askedFor(before), asked));
}

const NAMES = ["Gras", "Liste", "Liste numérotée", "Tableau", "Encadré d’avertissement"];
for (
  const [asked, found] of [
    ["", [0, 1, 2, 3, 4]],
    ["liste", [1, 2]],
    ["NUM", [2]],
    ["numé", [2]],
    ["av", [4]],
    ["iste", []],
  ]
) {
  Deno.test(`what begins with "${asked}"`, () => assert.deepEqual(matching(NAMES, asked), found));
}
