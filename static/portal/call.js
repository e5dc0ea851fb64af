// Call mode: ticks with their times, kept in this browser, and notes made of them.

import { said, say, steps } from "./article.js";
import { KEYS, read, readJson, remove, write, writeJson } from "./storage.js";
import { clock, empty, ended, forCaller, FORMS, numberOf, ticket, toggled } from "./ticket.js";

(() => {
  const panel = document.querySelector(".call");
  if (!panel) return;
  const slug = document.querySelector("[data-article]").dataset.article;
  const key = KEYS.call(slug);
  const language = document.documentElement.lang;

  const remembered = () => ({ ...empty(), ...readJson(key) });
  let state = remembered();
  function keep() {
    if (Object.keys(state.done).length || state.end) writeJson(key, state);
    else remove(key);
  }

  // One button over the number of each step, and two ends beside it.
  const buttons = new Map();
  steps.forEach((step) => {
    const tick = document.querySelector("template#step-tick").content.firstElementChild.cloneNode(
      true,
    );
    tick.dataset.added = "";
    tick.lang = language;
    tick.querySelector(".visually-hidden").append(` ${numberOf(step.id)}`);
    tick.addEventListener("click", () => toggle(step.id));
    step.prepend(tick);
    const ends = [...step.querySelectorAll(":scope > .step-tools [data-end]")];
    ends.forEach((button) =>
      button.addEventListener("click", () => finish(step.id, button.dataset.end))
    );
    buttons.set(step.id, { step, tick, ends });
  });

  function toggle(anchor) {
    state = toggled(state, anchor, new Date().toISOString());
    keep();
    show();
  }

  function finish(anchor, how) {
    state = ended(state, anchor, how, new Date().toISOString());
    keep();
    show();
    if (state.end) document.dispatchEvent(new CustomEvent("call-end", { detail: state.end }));
  }

  function show() {
    buttons.forEach(({ step, tick, ends }, anchor) => {
      const time = state.done[anchor];
      tick.setAttribute("aria-pressed", String(Boolean(time)));
      tick.querySelector(".step-time").textContent = time ? clock(time, language) : "";
      const how = state.end?.anchor === anchor ? state.end.how : "";
      step.dataset.end = how;
      ends.forEach((button) =>
        button.setAttribute("aria-pressed", String(button.dataset.end === how))
      );
    });
    const done = steps.filter((step) => state.done[step.id]).length;
    panel.querySelector("[data-progress]").textContent = panel.dataset.progress
      .replace("{done}", done).replace("{total}", steps.length);
    panel.querySelector("progress").value = done;
    panel.querySelector("[data-clear]").disabled = !done && !state.end;
  }

  panel.querySelector("[data-clear]").addEventListener("click", () => {
    state = empty();
    keep();
    show();
  });
  addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    state = remembered();
    show();
  });

  // Notes. The steps of every language have the same anchors, so ticks serve any of them.
  const fetched = new Map();
  function load(address) {
    if (!fetched.has(address)) {
      const answer = fetch(address).then((response) => {
        if (!response.ok) throw new Error(response.status);
        return response.json();
      });
      answer.catch(() => fetched.delete(address));
      fetched.set(address, answer);
    }
    return fetched.get(address);
  }

  // The clipboard is asked for while the click still counts; the text may come a moment later.
  async function put(text, button) {
    try {
      if (globalThis.ClipboardItem) {
        const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      } else {
        await navigator.clipboard.writeText(await text);
      }
      say(said.dataset.copied, button);
    } catch {
      say(await text.then(() => said.dataset.notCopied, () => panel.dataset.failed));
    }
  }

  // The choices are remembered, since an agent's tickets are written in one language.
  panel.querySelectorAll("select").forEach((select) => {
    const kept = read(KEYS.choice(select.name));
    if ([...select.options].some((option) => option.value === kept)) select.value = kept;
    select.addEventListener("change", () => write(KEYS.choice(select.name), select.value));
  });
  const chosen = (name) => panel.querySelector(`[name="${name}"]`);
  const address = (select) => select.selectedOptions[0].dataset.address;

  panel.querySelector("[data-ticket]").addEventListener("click", (event) => {
    const select = chosen("ticket-language");
    const form = FORMS[chosen("ticket-form").value] ?? FORMS.plain;
    put(
      load(address(select)).then((data) => ticket(data, state, form, select.value)),
      event.currentTarget,
    );
  });
  panel.querySelector("[data-caller]").addEventListener("click", (event) => {
    put(load(address(chosen("caller-language"))).then(forCaller), event.currentTarget);
  });

  panel.querySelector("progress").max = Math.max(steps.length, 1);
  show();
})();
