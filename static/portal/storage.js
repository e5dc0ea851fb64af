// What scripts keep in this browser. It may be forbidden or full: then nothing is kept, and every
// caller works without it.

// theme.js and recent.js name theirs themselves; a test compares.
export const KEYS = {
  theme: "theme", // the admin uses the same key and values
  searches: "searches",
  articles: "articles", // {favourites, recent}, each of {slug, title, platforms, language}
  draft: "draft:",
  keys: "keys", // "off": no symbols
  letters: "letters", // "on": letters too
  filters: "filters", // of this tab: the page whose filters were open
  calls: "calls",
  call: "call", // of this tab
  asked: (slug) => `asked:${slug}`, // of this tab: the search that led to an article
  ticks: (id, slug) => `ticks:${id}${id && "/"}${slug}`,
  shared: (slug) => `shared:${slug}`, // of this tab: the call that the caller sees too
  choice: (name) => `call.${name}`,
};

export function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function readJson(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

let isClosed = false;

export function write(key, text) {
  if (isClosed) return;
  try {
    localStorage.setItem(key, text);
  } catch { /* forbidden or full */ }
}

export function writeJson(key, value) {
  write(key, JSON.stringify(value));
}

export function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch { /* forbidden */ }
}

// Of this tab alone.
export function readTab(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeTab(key, text) {
  try {
    sessionStorage.setItem(key, text);
  } catch { /* forbidden or full */ }
}

export function keysWith(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

export const symbolsAreOn = () => read(KEYS.keys) !== "off";
export const lettersAreOn = () => read(KEYS.letters) === "on";

export function close() {
  isClosed = true;
}
