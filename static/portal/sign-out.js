// Whoever signs out leaves nothing in this browser of what only they may see: the next person may be
// another. The server has caches emptied too (Clear-Site-Data), where the browser heeds it.

import { empty, KEYS, read } from "./storage.js";

document.querySelectorAll("form#logout-form, form.signed-in").forEach((form) => {
  form.addEventListener("submit", () => {
    // Emptying takes the colours too: theme.js takes them back from here.
    const theme = read(KEYS.theme);
    if (theme) document.cookie = `theme=${theme}; path=/; SameSite=Lax`;
    empty();
  });
});
