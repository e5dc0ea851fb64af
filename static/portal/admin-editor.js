// Turns the Markdown sections of the article form into editors, with one toolbar for all of them.
// The textareas stay the truth: other scripts listen to their "input" events, may set a value and
// send "editor:set", and hear where the cursor is by "editor:cursor" (detail: the line, from 0).

import { keepSpaces } from "./admin-texts.js";

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
      mode: { name: "markdown", highlightFormatting: true },
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
    editor.on("change", (_, change) => {
      editor.save();
      if (change.origin !== "setValue") area.dispatchEvent(new Event("input", { bubbles: true }));
    });
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
      editor.display.input.pollContent(); // what was typed a moment before
      const { line, ch } = editor.getCursor("from");
      const before = editor.getLine(line).slice(0, ch).trim();
      editor.replaceSelection(isBlock && before ? `\n\n${text}` : text, "end", "paste");
    });
    area.addEventListener("editor:insert", (event) => {
      editor.focus();
      editor.display.input.pollContent();
      const { line, ch } = editor.getCursor("from");
      editor.replaceSelection(event.detail, "end");
      // An image without words waits for them.
      if (event.detail.startsWith("![]")) editor.setCursor({ line, ch: ch + 2 });
    });
    editors.set(area, editor);
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
    // A space that is typed is what was typed, whatever stood there.
    field.addEventListener("beforeinput", (event) => {
      const isOverWords = event.data === " " && editor.somethingSelected();
      if (event.inputType !== "insertText" || (event.data !== "\u00a0" && !isOverWords)) return;
      event.preventDefault();
      editor.replaceSelection(event.data, "end", "+typed");
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

  // What the buttons do. Each works on the selection of the editor that was used last.
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
  const lines = (prefix, pattern) => (editor) => {
    const from = editor.getCursor("from").line;
    const to = editor.getCursor("to").line;
    const texts = [];
    for (let line = from; line <= to; line += 1) texts.push(editor.getLine(line));
    const all = texts.every((text) => pattern.test(text));
    const changed = texts.map((
      text,
      number,
    ) => (all ? text.replace(pattern, "") : prefix(number) + text.replace(pattern, "")));
    editor.replaceRange(changed.join("\n"), { line: from, ch: 0 }, {
      line: to,
      ch: texts.at(-1).length,
    });
  };
  const link = (editor) => {
    const words = editor.getSelection();
    const isAddress = /^(https?:|\/)\S+$/.test(words);
    const { line, ch } = editor.getCursor("from");
    editor.replaceSelection(isAddress ? `[](${words})` : `[${words}]()`);
    editor.setCursor({ line, ch: ch + (isAddress || !words ? 1 : words.length + 3) });
  };
  const alert = (kind) => (editor) => {
    const words = editor.getSelection();
    const start = editor.getCursor("from").ch ? "\n\n" : "";
    const body = (words || "").split("\n").map((text) => `> ${text}`).join("\n");
    editor.replaceSelection(`${start}> [!${kind}]\n${body}`, "end");
  };
  const menu = (editor) => {
    const [first, second] = bar.querySelector("[data-command=menu]").dataset.words.split("|");
    const words = editor.getSelection();
    const parts = words ? words.split(/\s*(?:>|›|→|->)\s*/) : [first, second];
    editor.replaceSelection(
      parts.map((part) => `**${part.replaceAll("*", "").trim()}**`).join(" > "),
      "around",
    );
  };
  const COMMANDS = {
    bold: around("**"),
    code: around("`"),
    bullets: lines(() => "- ", /^\s*[-*+]\s+/),
    steps: lines((number) => `${number + 1}. `, /^\s*\d+[.)]\s+/),
    link,
    menu,
    image: () => bar.querySelector("[data-image]").click(),
    alert: alert("WARNING"),
  };
  const KEYS = {
    "B": "bold",
    "E": "code",
    "K": "link",
    "Shift-8": "bullets",
    "Shift-7": "steps",
    "Shift-I": "image",
    "Shift-M": "menu",
    "Shift-A": "alert",
  };

  const run = (name, command = COMMANDS[name]) => {
    const editor = current || editors.get(areas[0]);
    if (name !== "image") editor.focus();
    command(editor);
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
  }, true);
  bar.hidden = false;
  bar.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-command]");
    if (button) run(button.dataset.command);
  });
  bar.querySelector("select").addEventListener("change", (event) => {
    if (event.target.value) run("alert", alert(event.target.value));
    event.target.value = "";
  });
  // The images' script asks which text is being written.
  form.addEventListener("editor:current", (event) => {
    event.detail.area = current?.getTextArea() || areas[0];
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=_save]"));
    }
  });
})();
