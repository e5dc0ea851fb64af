// What is pasted into a plain field of Markdown (a row of a translation, a snippet, a template): of
// formatted words their Markdown, as in the editors of an article.

import { holdsWords, markdownOf } from "../editing/pasted-html.js";

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("textarea[data-markdown]");
  const data = event.clipboardData;
  if (!field || field.readOnly || !data || !holdsWords(data)) return;
  const html = data.getData("text/html");
  const pasted = html && markdownOf(html);
  if (!pasted) return;
  event.preventDefault();
  const line = field.value.slice(0, field.selectionStart).split("\n").pop();
  const text = pasted.isBlock && line.trim() ? `\n\n${pasted.text}` : pasted.text;
  // As if it were typed, so that Ctrl+Z takes it out again.
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
