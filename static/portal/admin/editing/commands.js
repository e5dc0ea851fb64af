// What the buttons of the toolbar do. Each command works on the selection of an editor.

import { tableOf } from "./tables.js";

const around = (before, after = before) => (editor) => {
  const words = editor.getSelection();
  const is = words.startsWith(before) && words.endsWith(after) && words.length > before.length;
  editor.replaceSelection(
    is ? words.slice(before.length, -after.length) : before + words + after,
    "around",
  );
  if (!words) {
    const { line, ch } = editor.getCursor("to");
    editor.setCursor({ line, ch: ch - after.length });
  }
};

// Change the lines of the selection: `change` takes all of them and returns as many.
const onLines = (change) => (editor) => {
  const from = editor.getCursor("from").line;
  const to = editor.getCursor("to").line;
  const texts = [];
  for (let line = from; line <= to; line += 1) texts.push(editor.getLine(line));
  const changed = change(texts);
  editor.replaceRange(changed.join("\n"), { line: from, ch: 0 }, {
    line: to,
    ch: texts.at(-1).length,
  });
};
const marked = (prefix, pattern) =>
  onLines((texts) => {
    const all = texts.every((text) => pattern.test(text));
    return texts.map((text, number) => (all ? "" : prefix(number)) + text.replace(pattern, ""));
  });

// Sections hold headings from the third level on: none, ###, ####, none.
const heading = onLines((texts) =>
  texts.map((text) => {
    const [, marks = "", words] = /^(?:(#{1,6})\s+)?(.*)$/.exec(text);
    if (marks.length >= 4) return words;
    return `${marks.length === 3 ? "####" : "###"} ${words}`;
  })
);
const indent = onLines((texts) => texts.map((text) => (text ? `    ${text}` : text)));
const outdent = onLines((texts) => texts.map((text) => text.replace(/^(?: {1,4}|\t)/, "")));

// Text on lines of its own, apart from what stands around; the cursor goes to `inside` of it.
export function putBlock(editor, text, inside = null) {
  const { line, ch } = editor.getCursor("from");
  const end = editor.getCursor("to");
  const before = editor.getLine(line).slice(0, ch).trim()
    ? "\n\n"
    : line && editor.getLine(line - 1).trim()
    ? "\n"
    : "";
  const after = editor.getLine(end.line).slice(end.ch).trim() ? "\n\n" : "";
  const start = editor.indexFromPos({ line, ch }) + before.length;
  editor.replaceSelection(before + text + after, "end");
  if (inside) {
    editor.setSelection(
      editor.posFromIndex(start + inside[0]),
      editor.posFromIndex(start + inside[1]),
    );
  } else if (after) editor.setCursor(editor.posFromIndex(start + text.length));
}

const block = (editor) => {
  const words = editor.getSelection();
  const longest = Math.max(2, ...[...words.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  const at = fence.length + 1;
  putBlock(editor, `${fence}\n${words}\n${fence}`, [at, at + words.length]);
};

export const table = (rows, columns, words) => (editor) =>
  putBlock(editor, tableOf(rows, columns, words), [2, 2 + `${words} 1`.length]);

export const alert = (kind) => (editor) => {
  const words = editor.getSelection();
  const body = (words || "").split("\n").map((text) => `> ${text}`).join("\n");
  putBlock(editor, `> [!${kind}]\n${body}`);
};

// The line that names a snippet, which readers see in its place.
export const snippet = (name) => (editor) => putBlock(editor, `[!SNIPPET ${name}]`);

// A link to `address` that shows `words`.
export const link = (address, words) => (editor) =>
  editor.replaceSelection(
    `[${words.replace(/([[\]\\])/g, "\\$1")}](${
      /[\s()]/.test(address) ? `<${address}>` : address
    })`,
    "end",
  );

export const menu = (first, second) => (editor) => {
  const words = editor.getSelection();
  const parts = words ? words.split(/\s*(?:>|›|→|->)\s*/) : [first, second];
  editor.replaceSelection(
    parts.map((part) => `**${part.replaceAll("*", "").trim()}**`).join(" > "),
    "around",
  );
};

// Ctrl + S becomes two keys.
const key = (editor) => {
  const words = editor.getSelection();
  if (!words) around("<kbd>", "</kbd>")(editor);
  else {
    const keys = words.split(/\s*\+\s*/).filter(Boolean);
    editor.replaceSelection(keys.map((one) => `<kbd>${one}</kbd>`).join(" + "), "around");
  }
};

export const COMMANDS = {
  heading,
  bold: around("**"),
  code: around("`"),
  key,
  quote: marked(() => "> ", /^>\s?/),
  bullets: marked(() => "- ", /^\s*[-*+]\s+/),
  steps: marked((number) => `${number + 1}. `, /^\s*\d+[.)]\s+/),
  indent,
  outdent,
  block,
};
