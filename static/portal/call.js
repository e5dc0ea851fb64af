// Call mode: ticks with their times, kept in this browser, and notes made of them. An article without
// steps has no ticks, but an end and a note.

import { named, said, say, steps } from "./article.js";
import { begin, current, isPast, sweep, touch } from "./calls.js";
import { KEYS, read, readJson, readTab, remove, write, writeJson } from "./storage.js";
import { clock, empty, ended, toggled } from "./ticket.js";

(() => {
  const panel = document.querySelector(".call");
  if (!panel) return;
  const slug = document.querySelector("[data-article]").dataset.article;
  const language = document.documentElement.lang;

  sweep(Date.now());
  let call = current(Date.now());
  const key = () => KEYS.ticks(call, slug);
  const remembered = () => ({ ...empty(), ...readJson(key()) });
  let state = remembered();
  const isBegun = () => Object.keys(state.done).length > 0 || Boolean(state.end);
  if (!isBegun() && isPast(call, Date.now())) call = begin();

  function keep() {
    if (isBegun()) writeJson(key(), state);
    else remove(key());
    touch(call, Date.now());
    ask(null);
  }

  // Questions wait: a call goes on without an answer.
  function ask(name) {
    panel.querySelectorAll("[data-question]").forEach((one) => {
      one.hidden = one.dataset.question !== name;
    });
  }
  const answer = (name, act) =>
    panel.querySelector(`[data-answered="${name}"]`)?.addEventListener("click", () => {
      ask(null);
      act();
    });

  // What is said of the article as a whole, where it has no steps.
  const ofWhole = [...panel.querySelectorAll("[data-end]")];
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

  ofWhole.forEach((button) => {
    button.addEventListener("click", () => finish("", button.dataset.end));
  });

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
      tick.setAttribute("aria-pressed", String(Boolean(time)));
      tick.querySelector(".step-time").textContent = time ? clock(time, language) : "";
      const how = state.end?.anchor === anchor ? state.end.how : "";
      step.dataset.end = how;
      ends.forEach((button) =>
        button.setAttribute("aria-pressed", String(button.dataset.end === how))
      );
    });
    const end = state.end?.anchor === "" ? state.end.how : "";
    ofWhole.forEach((button) =>
      button.setAttribute("aria-pressed", String(button.dataset.end === end))
    );
    panel.querySelector("[data-clear]").disabled = !isBegun();
    if (steps.length) showProgress(steps.filter((step) => state.done[step.id]).length);
  }

  function showProgress(done) {
    panel.querySelector("[data-progress]").textContent = panel.dataset.progress
      .replace("{done}", done).replace("{total}", steps.length);
    panel.querySelector("[data-count]").textContent = `${done}/${steps.length}`;
    const bar = panel.querySelector("progress");
    bar.max = steps.length;
    bar.value = done;
  }

  // Another call in this tab. The ticks of the one before stay, so that it can be gone back to.
  let before = null;
  function change(id) {
    before = call;
    call = begin(id);
    state = remembered();
    show();
    shared?.stop(); // the next caller is somebody else
    shared = null;
  }
  function clear() {
    change();
    ask("undo");
  }
  panel.querySelector("[data-clear]").addEventListener("click", clear);
  answer("clear", clear);
  answer("keep", () => touch(call, Date.now()));
  answer("undo", () => {
    change(before);
    touch(call, Date.now());
  });
  answer("tell", () => document.dispatchEvent(new CustomEvent("call-end", { detail: state.end })));
  answer("silent", () => {});
  addEventListener("storage", (event) => {
    if (event.key !== key() && event.key !== null) return;
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

  // Remembered: an agent's tickets are written in one language.
  panel.querySelectorAll("select").forEach((select) => {
    const kept = read(KEYS.choice(select.name));
    if ([...select.options].some((option) => option.value === kept)) select.value = kept;
    select.addEventListener("change", () => write(KEYS.choice(select.name), select.value));
  });
  const chosen = (name) => panel.querySelector(`[name="${name}"]`);
  const address = (select) => select.selectedOptions[0].dataset.address;

  const notes = () => import("./notes.js");
  const stepsForCaller = () => Promise.all([load(address(chosen("caller-language"))), notes()]);

  const each = (selector, act) =>
    panel.querySelectorAll(selector).forEach((button) =>
      button.addEventListener("click", () => act(button))
    );
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

  // The caller's screen. Its script comes with the first shared call.
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
  panel.querySelector("[data-share]")?.addEventListener("click", () => sharing("share"));
  if (panel.querySelector("[data-share]") && readTab(KEYS.shared(slug))) sharing("resume");

  // To whom, the agent's own program asks. What is too long for an address is cut at a line.
  each("[data-mail]", async () => {
    try {
      const [data, { forCaller, mailto }] = await stepsForCaller();
      location.href = mailto(data.title, forCaller(data));
    } catch {
      say(panel.dataset.failed);
    }
  });

  const more = panel.querySelector("[data-more]");
  function open(is) {
    panel.toggleAttribute("data-open", is);
    more.setAttribute("aria-expanded", String(is));
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

  // Read ahead where pages are kept, so that a note can be copied when the network is gone.
  const keeper = navigator.serviceWorker;
  const readAhead = () => load(address(chosen("ticket-language"))).catch(() => {});
  if (keeper?.controller) readAhead();
  else keeper?.addEventListener("controllerchange", readAhead, { once: true });

  show();
  if (isBegun() && isPast(call, Date.now())) ask("new");
})();
