// Turns the Markdown sections of the article form into editors, with one toolbar for all of them.
// The textareas stay the truth: other scripts listen to their "input" events, may set a value and
// send "editor:set", and hear where the cursor is by "editor:cursor" (detail: the line, from 0).

import { COMMANDS, menu, putBlock } from "./commands.js";
import { addSlashMenu } from "./slash.js";
import { cellBeside, copiedTable, isInCell, isInCode } from "./tables.js";
import { keepSpaces } from "./texts.js";

(() => {
  const form = document.getElementById("article_form");
  if (!form || !form.classList.contains("may-edit") || !globalThis.CodeMirror) return;
  const bar = form.querySelector(".toolbar");
  const areas = [...form.querySelectorAll("textarea.markdown")];
  const editors = new Map();
  let current = null;

  const make = (area) => {
    const label = form.querySelector(`label[for="${area.id}"]`);
    const editor = globalThis.CodeMirror.fromTextArea(area, {
      // A `<word>` is a placeholder, no tag: read as one it would end lists and colours behind it.
      mode: { name: "markdown", highlightFormatting: true, xml: false },
      inputStyle: "contenteditable",
      lineWrapping: true,
      spellcheck: true,
      viewportMargin: Infinity,
      indentUnit: 4,
      extraKeys: {
        "Tab": false,
        "Shift-Tab": false,
        "Enter": "newlineAndIndentContinueMarkdownList",
        ...Object.fromEntries(
          Object.entries(KEYS).flatMap(([key, name]) =>
            ["Ctrl", "Cmd"].map((
              hold,
            ) => [
              key.startsWith("Shift-") ? `Shift-${hold}-${key.slice(6)}` : `${hold}-${key}`,
              () => run(name),
            ])
          ),
        ),
      },
    });
    const field = editor.getInputField();
    field.setAttribute("role", "textbox");
    field.setAttribute("aria-multiline", "true");
    field.setAttribute("aria-label", label.textContent.trim());
    field.setAttribute("lang", area.lang);
    if (area.getAttribute("aria-describedby")) {
      field.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
    }
    if (area.getAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    label.addEventListener("click", () => editor.focus());
    keepNoBreakSpaces(editor, field);
    editor.getWrapperElement().addEventListener("keydown", () => readWaiting(editor), true);
    editor.on("change", (_, change) => {
      editor.save();
      if (change.origin !== "setValue") area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    editor.on("keydown", tab);
    editor.on("beforeChange", escapeBars);
    editor.on("focus", () => {
      current = editor;
    });
    editor.on("cursorActivity", () => {
      if (editor.hasFocus()) {
        area.dispatchEvent(
          new CustomEvent("editor:cursor", { bubbles: true, detail: editor.getCursor().line }),
        );
      }
    });
    area.addEventListener("editor:set", () => editor.setValue(area.value));
    area.addEventListener("editor:find", (event) => find(editor, event.detail));
    area.addEventListener("editor:paste", ({ detail: { text, isBlock } }) => {
      editor.focus();
      readTyped(editor);
      const { line, ch } = editor.getCursor("from");
      const before = editor.getLine(line).slice(0, ch).trim();
      editor.replaceSelection(isBlock && before ? `\n\n${text}` : text, "end", "paste");
    });
    area.addEventListener("editor:insert", (event) => {
      editor.focus();
      readTyped(editor);
      editor.replaceSelection(event.detail, "end");
    });
    // Where something was dropped: {left, top} in the window.
    area.addEventListener("editor:place", ({ detail }) => {
      editor.setCursor(editor.coordsChar(detail, "window"));
    });
    editor.on("paste", (_, event) => {
      const text = copiedTable(event.clipboardData?.getData("text/plain") ?? "");
      if (!text || isInCode(editor.getValue().split("\n"), editor.getCursor().line)) return;
      event.preventDefault();
      putBlock(editor, text);
    });
    editors.set(area, editor);
    addSlashMenu(editor, { label: bar.dataset.commands, entries, isInCode });
  };

  // What the slash menu offers: the buttons of the toolbar, and in the place of those that open a list
  // of kinds or of names what stands in it.
  const entries = () =>
    [...bar.querySelectorAll("button[data-command]")].flatMap((button) => {
      const name = button.querySelector(".visually-hidden").textContent;
      const icon = button.querySelector("svg");
      const kinds = button.parentElement.querySelectorAll(":scope > .toolbar-panel > [value]");
      if (!kinds.length) return { name, icon, run: () => button.click() };
      return [...kinds].map((kind) => ({
        name: `${name} ${kind.firstChild.textContent.trim()}`,
        icon,
        run: () => kind.click(),
      }));
    });

  // What comes without a key of its own (an input method, a list of signs) is read a moment later:
  // the next key would write the line anew without it.
  const readWaiting = ({ display: { input } }) => {
    if (input.readDOMTimeout === null || (input.composing && !input.composing.done)) return;
    input.composing = null;
    input.pollContent();
  };

  // What was typed a moment before. Where the text was changed and its lines are not drawn anew yet, they
  // still show what stood there: read now, it would come back.
  const readTyped = (editor) => {
    if (!editor.curOp?.viewChanged) editor.display.input.pollContent();
  };

  const keepNoBreakSpaces = (editor, field) => {
    editor.on("beforeChange", (_, change) => {
      if (change.origin !== "+input") return;
      const before = editor.getRange(change.from, change.to);
      const typed = change.text.join("\n");
      const kept = keepSpaces(before, typed);
      if (kept === before) change.cancel();
      else if (kept !== typed) change.update(change.from, change.to, kept.split("\n"));
    });
    // A space that is typed is what was typed, whatever stood there. So are several lines at once, or what
    // takes their place (dictation, text expanders): read back from the page, they are lost or come twice.
    field.addEventListener("beforeinput", (event) => {
      const { data, inputType } = event;
      if (!["insertText", "insertReplacementText"].includes(inputType) || data === null) return;
      const isOverWords = data === " " && editor.somethingSelected();
      const isOverLines = editor.getCursor("from").line !== editor.getCursor("to").line;
      if (data !== "\u00a0" && !isOverWords && !isOverLines && !data.includes("\n")) return;
      event.preventDefault();
      editor.replaceSelection(data, "end", "+typed");
    });
  };

  const find = (editor, quote) => {
    editor.focus();
    const at = editor.getValue().indexOf(quote);
    if (quote && at >= 0) {
      editor.setSelection(editor.posFromIndex(at), editor.posFromIndex(at + quote.length));
    }
    editor.getWrapperElement().scrollIntoView({ block: "nearest" });
    editor.scrollIntoView(null, 120);
  };

  const words = (name) => bar.querySelector(`[data-command=${name}]`)?.dataset.words ?? "";
  const asks = (name) => () => bar.querySelector(`[data-command=${name}]`)?.click();
  const commands = {
    ...COMMANDS,
    menu: (editor) => menu(...words("menu").split("|"))(editor),
    // These ask something first: the script of the toolbar hears the button.
    link: asks("link"),
    image: asks("image"),
    table: asks("table"),
    alert: asks("alert"),
  };
  const KEYS = {
    "B": "bold",
    "E": "code",
    "K": "link",
    "]": "indent",
    "[": "outdent",
    "Shift-9": "quote",
    "Shift-8": "bullets",
    "Shift-7": "steps",
    "Shift-I": "image",
    "Shift-M": "menu",
    "Shift-A": "alert",
  };

  const run = (name, command = commands[name]) => {
    const editor = current || editors.get(areas[0]);
    editor.focus();
    readTyped(editor);
    command(editor);
  };
  // A bar that is typed in a cell is a character of it.
  const escapeBars = (editor, change) => {
    const [typed, ...others] = change.text;
    if (change.origin !== "+input" || others.length || !typed.includes("|")) return;
    const { line, ch } = change.from;
    const lines = editor.getValue().split("\n");
    if (isInCode(lines, line) || !isInCell(lines, line, ch)) return;
    change.update(change.from, change.to, [typed.replaceAll(/(?<!\\)\|/g, "\\|")]);
  };
  // Within a table Tab leads from cell to cell; elsewhere, and behind its last bar, it leaves.
  const tab = (editor, event) => {
    if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
    const { line, ch } = editor.getCursor();
    const beside = cellBeside(editor.getValue().split("\n"), line, ch, event.shiftKey);
    if (!beside) return;
    event.preventDefault();
    if (beside.add) {
      editor.replaceRange(`\n${beside.add}`, { line, ch: editor.getLine(line).length });
      editor.setCursor({ line: line + 1, ch: 2 });
    } else {
      const { line: row, from, to } = beside;
      editor.setSelection({ line: row, ch: from }, { line: row, ch: to });
    }
  };

  areas.forEach(make);
  // The editor reads what was typed a moment later; whoever saves at once loses nothing. One in which
  // nothing was typed is not read at all.
  const typedIn = new Set();
  editors.forEach((editor) => {
    editor.getInputField().addEventListener("input", () => typedIn.add(editor));
  });
  form.addEventListener("submit", () => {
    typedIn.forEach((editor) => {
      editor.display.input.forceCompositionEnd();
      editor.display.input.pollContent();
      editor.save();
    });
    // What is written after a save is undone apart from what was written before it.
    editors.forEach((editor) => editor.changeGeneration(true));
  }, true);
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("button[data-command]")?.dataset.command;
    if (name && !["link", "image", "table", "alert", "snippet"].includes(name)) run(name);
  });
  // What the toolbar and its dialogs found out: {run: a command}.
  form.addEventListener("editor:run", (event) => run("", event.detail.run));
  // The images' script asks which text is being written.
  form.addEventListener("editor:current", (event) => {
    event.detail.area = current?.getTextArea() || areas[0];
    event.detail.words = current?.getSelection() || "";
  });
})();
