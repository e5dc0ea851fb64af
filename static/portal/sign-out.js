// Whoever signs out leaves no text of theirs in this browser: the next person may be another.

import { KEYS, keysWith, remove } from "./storage.js";

document.querySelectorAll("form#logout-form, form.signed-in").forEach((form) => {
  form.addEventListener("submit", () => keysWith(KEYS.draft).forEach(remove));
});
