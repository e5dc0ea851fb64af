// What the buttons of the toolbar make of a text and its selection.

import assert from "node:assert/strict";
import {
  alert,
  COMMANDS,
  link,
  menu,
  putBlock,
  snippet,
  table,
} from "../../../static/portal/admin/editing/commands.js";

// An editor with the calls of CodeMirror that commands make. `marked` shows the selection between
// ⟨ and ⟩, or the cursor as ‸.
function editorOf(marked) {
  const at = marked.search(/[⟨‸]/);
  let text = marked.replace(/[⟨⟩‸]/g, "");
  let from = at;
  let to = marked.includes("⟩") ? marked.indexOf("⟩") - 1 : at;
  const before = (index) => text.slice(0, index).split("\n");
  const posFromIndex = (index) => ({
    line: before(index).length - 1,
    ch: before(index).at(-1).length,
  });
  const indexFromPos = ({ line, ch }) =>
    text.split("\n").slice(0, line).reduce((sum, one) => sum + one.length + 1, ch);
  const put = (words, start, end) => text = text.slice(0, start) + words + text.slice(end);
  return {
    posFromIndex,
    indexFromPos,
    getSelection: () => text.slice(from, to),
    getLine: (line) => text.split("\n")[line],
    getCursor: (end) => posFromIndex(end === "to" ? to : from),
    setCursor: (place) => from = to = indexFromPos(place),
    setSelection(start, end) {
      [from, to] = [indexFromPos(start), indexFromPos(end)];
    },
    replaceSelection(words, select) {
      put(words, from, to);
      to = from + words.length;
      if (select === "end") from = to;
    },
    replaceRange(words, start, end) {
      [from, to] = [indexFromPos(start), indexFromPos(end)];
      put(words, from, to);
      from = to = from + words.length;
    },
    marked: () =>
      from === to
        ? `${text.slice(0, from)}‸${text.slice(from)}`
        : `${text.slice(0, from)}⟨${text.slice(from, to)}⟩${text.slice(to)}`,
    text: () => text,
  };
}

function after(command, marked) {
  const editor = editorOf(marked);
  command(editor);
  return editor;
}

for (
  const [name, before, expected] of [
    ["bold", "a ⟨word⟩ b", "a ⟨**word**⟩ b"],
    ["bold", "a ⟨**word**⟩ b", "a ⟨word⟩ b"],
    ["bold", "a ‸ b", "a **‸** b"],
    ["bold", "⟨****⟩", "⟨⟩"],
    ["bold", "⟨**⟩", "⟨******⟩"], // two signs are no bold that could be taken away
    ["bold", "⟨**a⟩", "⟨****a**⟩"],
    ["bold", "⟨a**⟩", "⟨**a****⟩"],
    ["code", "⟨net use⟩", "⟨`net use`⟩"],
    ["code", "x\n‸", "x\n`‸`"],
    ["key", "⟨Ctrl + S⟩", "⟨<kbd>Ctrl</kbd> + <kbd>S</kbd>⟩"],
    ["key", "⟨Ctrl+Alt+⟩", "⟨<kbd>Ctrl</kbd> + <kbd>Alt</kbd>⟩"],
    ["key", "‸", "<kbd>‸</kbd>"],
  ]
) {
  Deno.test(`${name} of ${before}`, () => {
    assert.equal(after(COMMANDS[name], before).marked(), expected.replace("⟨⟩", "‸"));
  });
}

for (
  const [name, before, expected] of [
    ["heading", "Ti‸tle", "### Title"],
    ["heading", "### Ti‸tle", "#### Title"],
    ["heading", "#### Ti‸tle", "Title"],
    ["heading", "# Ti‸tle", "### Title"],
    ["heading", "###### Ti‸tle", "Title"],
    ["heading", "‸", "### "],
    ["heading", "#‸1 fails", "### #1 fails"],
    ["quote", "⟨a\nb⟩", "> a\n> b"],
    ["quote", "⟨> a\n>b⟩", "a\nb"],
    ["quote", "⟨> a\nb⟩", "> a\n> b"],
    ["bullets", "⟨a\n* b\n  + c⟩", "- a\n- b\n- c"],
    ["bullets", "⟨- a\n* b⟩", "a\nb"],
    ["steps", "⟨a\nb\nc⟩", "1. a\n2. b\n3. c"],
    ["steps", "⟨1. a\n5) b\nc⟩", "1. a\n2. b\n3. c"],
    ["steps", "⟨1. a\n2) b⟩", "a\nb"],
    ["indent", "⟨a\n\nb⟩", "    a\n\n    b"],
    ["outdent", "⟨      a\n\tb\n  c\nd⟩", "  a\nb\nc\nd"],
    ["bullets", "first\n⟨sec⟩ond\nthird", "first\n- second\nthird"],
  ]
) {
  Deno.test(`${name} takes whole lines: ${JSON.stringify(before)}`, () => {
    assert.equal(after(COMMANDS[name], before).text(), expected);
  });
}

const put = (editor) => putBlock(editor, "BLOCK");
for (
  const [before, expected] of [
    ["‸", "BLOCK‸"],
    ["words‸", "words\n\nBLOCK‸"],
    ["a ‸ b", "a \n\nBLOCK‸\n\n b"],
    ["words\n‸", "words\n\nBLOCK‸"],
    ["words\n\n‸", "words\n\nBLOCK‸"],
    ["‸words", "BLOCK‸\n\nwords"],
    ["words\n  ⟨gone⟩  ", "words\n  \nBLOCK‸  "],
  ]
) {
  Deno.test(`a block stands apart: ${JSON.stringify(before)}`, () => {
    assert.equal(after(put, before).marked(), expected);
  });
}

for (
  const [name, command, before, expected] of [
    ["code on lines", COMMANDS.block, "a⟨net\nuse⟩", "a\n\n```\n⟨net\nuse⟩\n```"],
    ["code with a fence in it", COMMANDS.block, "⟨```\nx\n```⟩", "````\n⟨```\nx\n```⟩\n````"],
    ["code with a quote in it", COMMANDS.block, "⟨a `b`⟩", "```\n⟨a `b`⟩\n```"],
    ["code, nothing chosen", COMMANDS.block, "‸", "```\n‸\n```"],
    [
      "a table, its first name chosen",
      table(1, 2, "Column"),
      "x‸",
      "x\n\n| ⟨Column 1⟩ | Column 2 |\n| --- | --- |\n|    |    |",
    ],
    ["an alert", alert("WARNING"), "‸", "> [!WARNING]\n> ‸"],
    ["an alert of what is chosen", alert("NOTE"), "⟨a\nb⟩", "> [!NOTE]\n> a\n> b‸"],
    ["a snippet", snippet("restart"), "a‸", "a\n\n[!SNIPPET restart]‸"],
    ["a link", link("/fr/articles/a/", "See a"), "⟨x⟩", "[See a](/fr/articles/a/)‸"],
    ["a link of brackets", link("/a", "[1] \\ b"), "‸", "[\\[1\\] \\\\ b](/a)‸"],
    ["a link with brackets in its address", link("/a(b)", "x"), "‸", "[x](</a(b)>)‸"],
    ["a link with a blank in its address", link("/a b", "x"), "‸", "[x](</a b>)‸"],
    ["a path of menus", menu("A", "B"), "‸", "⟨**A** > **B**⟩"],
    ["a path of what is chosen", menu("A", "B"), "⟨Start›Run⟩", "⟨**Start** > **Run**⟩"],
    [
      "a path that is bold",
      menu("A", "B"),
      "⟨**a** -> b → c>d⟩",
      "⟨**a** > **b** > **c** > **d**⟩",
    ],
  ]
) {
  Deno.test(`${name}: ${JSON.stringify(before)}`, () => {
    assert.equal(after(command, before).marked(), expected);
  });
}
