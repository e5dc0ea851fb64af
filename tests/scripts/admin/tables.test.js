import assert from "node:assert/strict";
import {
  cellBeside,
  cellsOf,
  copiedTable,
  isInCell,
  isInCode,
  tableOf,
} from "../../../static/portal/admin/editing/tables.js";

Deno.test("a new table has a head and empty cells", () => {
  assert.equal(
    tableOf(2, 2, "Column"),
    "| Column 1 | Column 2 |\n| --- | --- |\n|    |    |\n|    |    |",
  );
});

for (
  const [line, words] of [
    ["| a | b c |", ["a", "b c"]],
    ["|a|b|", ["a", "b"]],
    ["| a \\| b | c |", ["a \\| b", "c"]],
    ["  |    | x |", ["", "x"]],
    ["||", [""]],
  ]
) {
  Deno.test(`cells of ${line}`, () => {
    assert.deepEqual(cellsOf(line).map(({ from, to }) => line.slice(from, to)), words);
  });
}

const TABLE = ["before", "| a | b |", "| --- | --- |", "| c | d |", "", "after"];
const EMPTY = ["| a | b |", "| --- | --- |", "|    |    |"];
for (
  const [name, lines, line, ch, isBack, expected] of [
    ["the next cell", TABLE, 1, 2, false, { line: 1, from: 6, to: 7 }],
    ["over the rule", TABLE, 1, 6, false, { line: 3, from: 2, to: 3 }],
    ["back over the rule", TABLE, 3, 2, true, { line: 1, from: 6, to: 7 }],
    ["a new row after one that says something", TABLE, 3, 6, false, { add: "|    |    |" }],
    ["on in an empty last row", EMPTY, 2, 2, false, { line: 2, from: 7, to: 7 }],
    ["a new row after an empty one", EMPTY, 2, 7, false, { add: "|    |    |" }],
    ["out behind the last bar", EMPTY, 2, 11, false, null],
    ["out of the first cell", TABLE, 1, 2, true, null],
    ["outside", TABLE, 0, 2, false, null],
    ["past the last line", ["| a |"], 0, 2, false, { add: "|    |" }],
  ]
) {
  Deno.test(`the cell beside: ${name}`, () => {
    assert.deepEqual(cellBeside(lines, line, ch, isBack), expected);
  });
}

for (
  const [name, lines, line, ch, expected] of [
    ["in a cell", TABLE, 3, 3, true],
    ["in the head", TABLE, 1, 3, true],
    ["in a cell right before its bar", TABLE, 3, 4, true],
    ["before the first bar", TABLE, 3, 0, false],
    ["behind the last bar", TABLE, 3, 9, false],
    ["in the rule", TABLE, 2, 3, false],
    ["behind a backslash", ["| a |", "| - |", "| \\ |"], 2, 3, false],
    ["in a row of no table yet", ["| a | b |"], 0, 3, false],
    ["outside", TABLE, 0, 3, false],
  ]
) {
  Deno.test(`a bar ${name} ${expected ? "is a character of it" : "divides"}`, () => {
    assert.equal(isInCell(lines, line, ch), expected);
  });
}

for (
  const [name, text, expected] of [
    ["two rows", "Code\tCause\n1\tTime", "| Code | Cause |\n| --- | --- |\n| 1 | Time |"],
    ["Windows line ends", "a\tb\r\nc\td\r\n", "| a | b |\n| --- | --- |\n| c | d |"],
    ["a line end in a cell", 'a\t"b\nc"\nd\te', "| a | b c |\n| --- | --- |\n| d | e |"],
    ["quotes in a cell", 'a\t"say ""x"""\nd\te', '| a | say "x" |\n| --- | --- |\n| d | e |'],
    ["a bar in a cell", "a|b\tc\nd\te", "| a\\|b | c |\n| --- | --- |\n| d | e |"],
    ["an empty cell at the end", "a\tb\nc\t", "| a | b |\n| --- | --- |\n| c |    |"],
    ["one row", "a\tb", null],
    ["indented words", "first\n\tsecond\tthird", null],
    ["no tabs", "a b\nc d", null],
    ["rows that differ", "a\tb\nc", null],
  ]
) {
  Deno.test(`a copied table: ${name}`, () => {
    assert.equal(copiedTable(text), expected);
  });
}

Deno.test("a line is in code between fences alone", () => {
  const lines = ["a", "```", "b", "~~~", "```", "c"];
  assert.deepEqual(lines.map((_, line) => isInCode(lines, line)), [
    false,
    false,
    true,
    true,
    true,
    false,
  ]);
});
