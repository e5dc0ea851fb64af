// The caller's side of a call on two screens: the steps, to be ticked.

import { follow } from "./following.js";
import { numberOf } from "./ticket.js";

const page = document.querySelector(".caller");
const said = page.querySelector("[data-said]");
const model = document.querySelector("template#step-tick").content.firstElementChild;
const steps = [...page.querySelectorAll(".step[id], .substep[id]")];
const ticks = new Map();
let isOver = false;

const isDone = (anchor) => ticks.get(anchor).getAttribute("aria-pressed") === "true";

function mark(anchor, done) {
  ticks.get(anchor).setAttribute("aria-pressed", String(done));
}

const start = said.textContent.trim();

function progress() {
  if (!steps.length) {
    said.textContent = start;
    return;
  }
  const done = steps.filter((step) => isDone(step.id)).length;
  const text = page.dataset.progress.replace("{done}", done).replace("{total}", steps.length);
  if (said.textContent !== text) said.textContent = text;
}

const following = follow(page.dataset.state, {
  take({ done }) {
    const now = new Set(done);
    steps.forEach((step) => mark(step.id, now.has(step.id)));
    if (done.length || !said.textContent.trim()) progress();
  },
  lost() {
    said.textContent = page.dataset.failed;
  },
  over() {
    isOver = true;
    said.textContent = page.dataset.over;
    ticks.forEach((tick) => (tick.disabled = true));
  },
});

steps.forEach((step) => {
  const tick = model.cloneNode(true);
  tick.lang = document.documentElement.lang;
  tick.querySelector(".visually-hidden").append(` ${numberOf(step.id)}`);
  tick.addEventListener("click", () => {
    if (isOver) return;
    const done = !isDone(step.id);
    mark(step.id, done);
    following.change(step.id, done);
    progress();
  });
  ticks.set(step.id, tick);
  step.prepend(tick);
});
