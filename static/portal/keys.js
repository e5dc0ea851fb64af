// Shortcuts of one key. portal.js brings this script with the first of them and tells who types.

import { KEYS, lettersAreOn, remove, symbolsAreOn, write } from "./storage.js";

const dialog = document.querySelector(".keys");

// What j and k go through: the hits of a list, the steps of an article.
const ITEMS = "main .hit-title a, main .row-link, main .step-tick";
const items = () => [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());

function move(by) {
  const all = items();
  const from = all.indexOf(document.activeElement);
  const next = from < 0 ? (by > 0 ? 0 : all.length - 1) : from + by;
  const item = all[Math.min(Math.max(next, 0), all.length - 1)];
  item?.focus({ preventScroll: true });
  item?.closest(".step, .substep, .hit, .row")?.scrollIntoView({ block: "nearest" });
}

function otherLanguage() {
  const all = [...document.querySelectorAll(".language-switch > *")];
  const current = all.findIndex((one) => one.hasAttribute("aria-current"));
  all[(current + 1) % all.length]?.click();
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  l: otherLanguage,
  t: () => document.querySelector("[data-ticket]")?.click(),
  "?": show,
  Enter: () => document.activeElement.click(),
};
// Arrows scroll the page, unless a hit or a step was reached already.
const arrows = { ArrowDown: actions.j, ArrowUp: actions.k };

// Both kinds are a choice, for who speaks to the computer or hits keys by chance. As delivered, the
// letters are left to screen readers; neither "/" nor "?" is a command of one.
const symbols = dialog.querySelector("[data-symbols-on]");
const letters = dialog.querySelector("[data-letters-on]");
symbols.addEventListener("change", () => {
  if (symbols.checked) remove(KEYS.keys);
  else write(KEYS.keys, "off");
});
letters.addEventListener("change", () => {
  if (letters.checked) write(KEYS.letters, "on");
  else remove(KEYS.letters);
});

export function press(key) {
  (actions[key] ?? arrows[key])();
}

export function show() {
  symbols.checked = symbolsAreOn();
  letters.checked = lettersAreOn();
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (!(event.key in arrows) || !event.target.matches?.(ITEMS) || !lettersAreOn()) return;
  event.preventDefault();
  arrows[event.key]();
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
