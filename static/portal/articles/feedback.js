// Answers are sent without leaving the page. Without this script the forms do the same.

import { KEYS, readTab } from "../storage.js";

const section = document.querySelector(".feedback[data-thanks]");

async function send(action, data) {
  const entry = readTab(KEYS.asked(document.querySelector("[data-article]")?.dataset.article));
  if (entry) data.set("entry", entry);
  const answer = await fetch(action, { method: "POST", body: data });
  if (!answer.ok) throw new Error(answer.status);
  return new URL(answer.url).searchParams.has("full")
    ? section.dataset.full
    : section.dataset.thanks;
}

section.querySelectorAll("form").forEach((form) =>
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    const note = form.querySelector("[data-answer]") ??
      form.appendChild(document.createElement("p"));
    note.dataset.answer = "";
    note.setAttribute("role", "status");
    button.disabled = true;
    try {
      note.textContent = await send(form.action, new URLSearchParams(new FormData(form)));
      form.reset();
    } catch {
      note.dataset.answer = "failed";
      note.textContent = section.dataset.failed;
    }
    button.disabled = false;
  })
);

// "Solved here" and "stuck here" beside a step: told when the reader says so.
export function tell({ how, anchor }, say) {
  const action = section.querySelector("form").action;
  return send(action, new URLSearchParams({ verdict: how, anchor }))
    .then((text) => say(text), () => say(section.dataset.failed));
}
