// Whoever signs out leaves nothing in this browser of what only they may see: the next person may be
// another. The server has caches emptied too (Clear-Site-Data), where the browser heeds it.

import { close, KEYS, keysWith, read, remove } from "../storage.js";

// How the portal looks and is operated: nothing of who read what.
const SETTINGS = [KEYS.theme, KEYS.keys, KEYS.letters];

document.querySelectorAll("form#logout-form, form.signed-in").forEach((form) => {
  form.addEventListener("submit", () => {
    // The browser's emptying takes the settings too: theme.js takes them back from here.
    for (const name of SETTINGS) {
      const value = read(name);
      if (value) document.cookie = `${name}=${value}; path=/; SameSite=Lax`;
    }
    close();
    keysWith("").filter((key) => !SETTINGS.includes(key)).forEach(remove);
    try {
      sessionStorage.clear();
    } catch { /* nothing was kept */ }
  });
});
