// What is pasted into a section: words before pictures, and of formatted words their Markdown.

import { holdsWords, markdownOf } from "./pasted-html.js";

(() => {
  const form = document.getElementById("article_form");
  if (!form || !form.classList.contains("may-edit")) return;
  form.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    const area = event.target.closest?.(".text-field")?.querySelector("textarea.markdown");
    if (!data || !holdsWords(data)) return;
    // Office programs add a picture of the words: the script of the images must not take it.
    event.isOfWords = true;
    const html = data.getData("text/html");
    const pasted = area && html && markdownOf(html);
    if (!pasted) return;
    event.preventDefault();
    event.stopPropagation();
    area.dispatchEvent(new CustomEvent("editor:paste", { detail: pasted }));
  }, true);
})();
