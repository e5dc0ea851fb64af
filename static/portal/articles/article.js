// What an article gains with scripts: copying, addresses of steps, pictures in full size.

import { numberOf, resolutionOf } from "../calls/ticket.js";

export const said = document.querySelector("[data-said]");

// Each message is a line of its own: the next does not wipe it out.
export function say(text, button) {
  if (said) {
    const line = document.createElement("p");
    line.textContent = text;
    said.append(line);
    while (said.childElementCount > 4) said.firstElementChild.remove();
  }
  if (!button) return;
  button.dataset.state = "copied";
  setTimeout(() => {
    delete button.dataset.state;
  }, 1600);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    say(said.dataset.copied, button);
  } catch {
    say(said.dataset.notCopied);
  }
}

// The words of an element on one line, without what scripts added; no-break spaces stay.
function wordsOf(element) {
  const clone = element.cloneNode(true);
  clone.querySelectorAll("[data-added], .substeps").forEach((part) => part.remove());
  clone.querySelectorAll("p, li, td, div, br").forEach((part) => part.append(" "));
  return clone.textContent.replace(/[^\S\u00a0\u202f]+/g, " ").trim();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button.dataset.copy, button);
});

// Addresses of the article, a section, a step. A link also goes there.
document.querySelectorAll(".article-body > .section:not(.feedback) > h2[id]").forEach((heading) => {
  const model = document.querySelector("template#section-link");
  if (!model) return;
  const link = model.content.firstElementChild.cloneNode(true);
  link.href = `#${heading.id}`;
  link.lastElementChild.append(` ${heading.textContent.trim()}`);
  heading.after(link);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(".step-link, .section-link, [data-copy-link]");
  if (link) copy(link.href ?? document.querySelector("link[rel=canonical]").href, link);
});

export const steps = [...document.querySelectorAll(".step[id], .substep[id]")];
const tools = document.querySelector("template#step-tools");
const resolutions = new Set(steps.map(({ id }) => resolutionOf(id)));

// The number of a step as its buttons say it: no two of a page have one name.
export const named = ({ id }) =>
  resolutions.size > 1 ? `${id.match(/\d+/)[0]}/${numberOf(id)}` : numberOf(id);

steps.forEach((step) => {
  const added = tools.content.firstElementChild.cloneNode(true);
  added.dataset.added = "";
  added.lang = document.documentElement.lang;
  added.querySelector(".step-link").href = `#${step.id}`;
  added.querySelectorAll(".visually-hidden").forEach((word) => word.append(` ${named(step)}`));
  const button = added.querySelector(".copy-button");
  button.addEventListener("click", () => copy(wordsOf(step), button));
  step.append(added);
});

const hasCode = document.querySelector(".prose code") && document.querySelector("#code-copy");
// The buttons of code come when somebody moves: none takes room of its own.
["pointermove", "pointerdown", "keydown", "scroll"].forEach((type) =>
  addEventListener(type, () => {
    if (hasCode) import("./code-copy.js").then(({ addButtons }) => addButtons(copy));
    if (document.querySelector("[data-article] [data-favourite]")) import("./favourites.js");
  }, { once: true, passive: true })
);

document.querySelectorAll(".menu-path").forEach((path) => {
  path.addEventListener("click", () => copy(wordsOf(path)));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".figure-link");
  if (!link) return;
  const box = document.querySelector(".lightbox");
  const large = document.createElement("img");
  event.preventDefault();
  large.src = link.href;
  large.alt = link.querySelector("img").alt;
  box.querySelector("img")?.remove();
  box.append(large);
  box.showModal();
});

// A warning that stays in view takes room above the step that is gone to.
const GUARDS = ".prose .alert:is(.alert-important, .alert-warning, .alert-caution)";
const guards = [...document.querySelectorAll(GUARDS)]
  .filter((alert) => getComputedStyle(alert).position === "sticky");
if (guards.length) {
  const measure = () =>
    guards.forEach((alert) =>
      alert.parentElement.style.setProperty("--guard", `${alert.offsetHeight + 24}px`)
    );
  new ResizeObserver(measure).observe(guards[0]);
  measure();
  const place = document.getElementById(location.hash.slice(1));
  if (place?.matches(".step, .substep")) place.scrollIntoView();
}

// Forms of readers: their script comes when it is of use.
const feedback = document.querySelector(".feedback[data-thanks]");
const forms = () => import("./feedback.js");
["pointerenter", "focusin"].forEach((type) =>
  feedback?.addEventListener(type, forms, { once: true })
);
document.addEventListener("call-end", (event) => {
  if (feedback) forms().then(({ tell }) => tell(event.detail, say));
});
