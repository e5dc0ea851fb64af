// Call mode: ticks with their times, kept in this browser, and notes made of them.

import { named, said, say, steps } from "../articles/article.js";
import { begin, current, isPast, sweep, touch } from "./calls.js";
import { KEYS, read, readJson, readTab, remove, write, writeJson } from "../storage.js";
import { clock, ended, sound, toggled } from "./ticket.js";

const PATIENCE = 10000; // a network that is silent for longer has failed

(() => {
  const panel = document.querySelector(".call");
  if (!panel) return;
  const slug = document.querySelector("[data-article]").dataset.article;
  const language = document.documentElement.lang;

  sweep(Date.now());
  let call = current(Date.now());
  const key = () => KEYS.ticks(call, slug);
  const remembered = () => sound(readJson(key()));
  let state = remembered();
  const isBegun = () => Object.keys(state.done).length > 0 || Boolean(state.end);
  if (!isBegun() && isPast(call, Date.now())) call = begin();

  function keep() {
    if (isBegun()) writeJson(key(), state);
    else remove(key());
    touch(call, Date.now());
    ask(null);
  }

  // Nobody has to answer.
  function ask(name) {
    panel.querySelectorAll("[data-question]").forEach((one) => {
      one.hidden = one.dataset.question !== name;
    });
  }
  const each = (selector, act) =>
    panel.querySelectorAll(selector).forEach((button) =>
      button.addEventListener("click", () => act(button))
    );
  const answer = (name, act) =>
    each(`[data-answered="${name}"]`, () => {
      ask(null);
      act();
    });

  const ofWhole = panel.querySelectorAll("[data-end]");
  const buttons = new Map();
  steps.forEach((step) => {
    const tick = document.querySelector("template#step-tick").content.firstElementChild.cloneNode(
      true,
    );
    tick.dataset.added = "";
    tick.lang = language;
    tick.querySelector(".visually-hidden").append(` ${named(step)}`);
    tick.addEventListener("click", () => toggle(step.id));
    step.prepend(tick);
    const ends = [...step.querySelectorAll(":scope > .step-tools [data-end]")];
    ends.forEach((button) =>
      button.addEventListener("click", () => finish(step.id, button.dataset.end))
    );
    buttons.set(step.id, { step, tick, ends });
  });

  each("[data-end]", (button) => finish("", button.dataset.end));

  function toggle(anchor) {
    state = toggled(state, anchor, new Date().toISOString());
    keep();
    show();
    tellCaller();
  }

  function finish(anchor, how) {
    state = ended(state, anchor, how, new Date().toISOString());
    keep();
    show();
    tellCaller();
    if (state.end) ask("tell");
  }

  function show() {
    buttons.forEach(({ step, tick, ends }, anchor) => {
      const time = state.done[anchor];
      tick.ariaPressed = Boolean(time);
      tick.querySelector(".step-time").textContent = time ? clock(time, language) : "";
      step.dataset.end = mark(ends, anchor);
    });
    mark(ofWhole, "");
    panel.querySelector("[data-clear]").disabled = !isBegun();
    if (!steps.length) return;
    const done = steps.filter((step) => state.done[step.id]).length;
    panel.querySelector("[data-progress]").textContent = panel.dataset.progress
      .replace("{done}", done).replace("{total}", steps.length);
    panel.querySelector("[data-count]").textContent = `${done}/${steps.length}`;
    Object.assign(panel.querySelector("progress"), { max: steps.length, value: done });
  }

  function mark(ends, anchor) {
    const how = state.end?.anchor === anchor ? state.end.how : "";
    ends.forEach((button) => {
      button.ariaPressed = button.dataset.end === how;
    });
    return how;
  }

  // The ticks of the call before stay, here too where nothing is kept.
  let before = [];
  function change(id, ticks) {
    before = [call, state];
    call = begin(id);
    state = ticks ?? remembered();
    show();
    shared?.stop(); // the next caller is somebody else
    shared = null;
  }
  function clear() {
    change();
    ask("undo");
  }
  each("[data-clear]", clear);
  answer("clear", clear);
  answer("keep", () => touch(call, Date.now()));
  answer("undo", () => {
    change(...before);
    touch(call, Date.now());
  });
  answer("tell", () => document.dispatchEvent(new CustomEvent("call-end", { detail: state.end })));
  answer("silent", () => {});
  function again() {
    state = remembered();
    show();
  }
  addEventListener("storage", (event) => {
    if (event.key === key() || event.key === null) again();
  });
  // On the way back a browser shows the page as it was left, and the call went on elsewhere.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || !readTab(KEYS.call)) return;
    call = current(Date.now());
    again();
  });

  // Steps have the same anchors in every language.
  const fetched = new Map();
  function load(address) {
    if (!fetched.has(address)) {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = fetch(address, { signal }).then((response) => {
        if (!response.ok) throw new Error(response.status);
        return response.json();
      });
      answer.catch(() => fetched.delete(address));
      fetched.set(address, answer);
    }
    return fetched.get(address);
  }

  // While the click still counts; the text may come later.
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

  // Remembered: an agent's tickets are in one language.
  panel.querySelectorAll("select").forEach((select) => {
    const kept = read(KEYS.choice(select.name));
    if ([...select.options].some((option) => option.value === kept)) select.value = kept;
    select.addEventListener("change", () => write(KEYS.choice(select.name), select.value));
  });
  const chosen = (name) => panel.querySelector(`[name="${name}"]`);
  const address = (select) => select.selectedOptions[0]?.dataset.address;

  const notes = () => import("./notes.js");
  const stepsForCaller = () => Promise.all([load(address(chosen("caller-language"))), notes()]);

  each("[data-ticket]", (button) => {
    const select = chosen("ticket-language");
    const made = ([data, { FORMS, ticket }]) =>
      ticket(data, state, FORMS[chosen("ticket-form").value] ?? FORMS.plain, select.value);
    put(Promise.all([load(address(select)), notes()]).then(made), button);
    if (isBegun()) touch(call, Date.now(), true);
  });
  each("[data-caller]", (button) => {
    put(stepsForCaller().then(([data, { forCaller }]) => forCaller(data)), button);
  });

  // Its script comes with the first shared call.
  let shared = null;
  const tellCaller = () => shared?.tell(Object.keys(state.done));
  const asShared = {
    panel,
    slug,
    anchors: steps.map((step) => step.id),
    language: () => chosen("caller-language").value,
    done: () => Object.keys(state.done),
    take: (done) => {
      const now = new Date().toISOString();
      state = { ...state, done: Object.fromEntries(done.map((a) => [a, state.done[a] ?? now])) };
      keep();
      show();
    },
  };
  const sharing = (act) =>
    import("./shared-call.js").then((script) => {
      shared = script[act](asShared);
    });
  each("[data-share]", (button) => {
    button.disabled = true; // a second click opens no second call
    sharing("share").catch(() => {
      button.disabled = false;
      say(panel.dataset.failed);
    });
  });
  if (panel.querySelector("[data-share]") && readTab(KEYS.shared(slug))) sharing("resume");

  each(
    "[data-mail]",
    () =>
      stepsForCaller().then(([data, { mail }]) => mail(data)).catch(() =>
        say(panel.dataset.failed)
      ),
  );

  const more = panel.querySelector("[data-more]");
  function open(is) {
    panel.toggleAttribute("data-open", is);
    more.ariaExpanded = is;
  }
  more.addEventListener("click", () => open(!("open" in panel.dataset)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !("open" in panel.dataset)) return;
    open(false);
    more.focus();
  });
  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target)) open(false);
  });

  // Kept with the page, for a note without a network.
  const readAhead = () => {
    const note = address(chosen("ticket-language"));
    if (note) load(note).catch(() => {});
  };
  if (navigator.serviceWorker?.controller) readAhead();
  navigator.serviceWorker?.addEventListener("controllerchange", readAhead);

  show();
  if (isBegun() && isPast(call, Date.now())) ask("new");
})();
