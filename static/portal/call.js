// Call mode: ticks with their times, kept in this browser, and notes made of them.
"use strict";

(() => {
  const panel = document.querySelector(".call");
  if (!panel) return;
  const slug = document.querySelector("[data-article]").dataset.article;
  const key = `call:${slug}`;
  const language = document.documentElement.lang;

  // {anchor: ISO time} of what was done; the step where the call ended, and how.
  const empty = () => ({ done: {}, end: null });
  function read() {
    try {
      return { ...empty(), ...JSON.parse(localStorage.getItem(key)) };
    } catch {
      return empty();
    }
  }
  function keep() {
    try {
      if (Object.keys(state.done).length || state.end) {
        localStorage.setItem(key, JSON.stringify(state));
      } else localStorage.removeItem(key);
    } catch { /* kept as long as the page is open */ }
  }
  let state = read();

  const clock = (iso, locale) =>
    new Date(iso).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });

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
    if (state.done[anchor]) delete state.done[anchor];
    else state.done[anchor] = new Date().toISOString();
    keep();
    show();
  }

  function finish(anchor, how) {
    const same = state.end && state.end.anchor === anchor && state.end.how === how;
    state.end = same ? null : { anchor, how, time: new Date().toISOString() };
    if (!same && how === "solved") state.done[anchor] ??= state.end.time;
    keep();
    show();
    if (!same) document.dispatchEvent(new CustomEvent("call-end", { detail: state.end }));
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
    state = read();
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

  const plain = {
    title: (data) => `${data.title}\n${data.url}`,
    step: (text, time) => `- ${time ? `${time}  ` : ""}${text}`,
    heading: (text) => text,
  };
  const markdown = {
    title: (data) => `**[${escaped(data.title)}](${data.url})**  `,
    step: (text, time) => `- [x] ${time ? `${time} ` : ""}${escaped(text)}`,
    heading: (text) => `**${escaped(text)}**`,
  };
  const escaped = (text) => text.replace(/[\\`*_[\]<>|]/g, "\\$&");

  function ticket(data, form, locale) {
    const { words } = data;
    const lines = [form.title(data), words.revision, "", form.heading(words.done + words.colon)];
    const done = data.steps.filter((step) => state.done[step.anchor]);
    if (form === markdown) lines.push("");
    lines.push(
      ...done.map((step) =>
        form.step(`${step.name}${words.colon} ${step.text}`, clock(state.done[step.anchor], locale))
      ),
    );
    if (!done.length) lines.push(words.none);
    const end = state.end && data.steps.find((step) => step.anchor === state.end.anchor);
    if (end) {
      const said = form === markdown ? escaped(end.text) : end.text;
      lines.push(
        "",
        `${form.heading(words[state.end.how] + words.colon)} ${
          clock(state.end.time, locale)
        } ${end.name}${words.colon} ${said}`,
      );
    }
    return lines.join("\n");
  }

  function forCaller(data) {
    const lines = data.steps.map((step) =>
      `${step.parent ? "   " : ""}${step.name}${data.words.colon} ${step.text}`
    );
    return [data.title, "", ...lines, "", data.url].join("\n");
  }

  // The clipboard is asked for while the click still counts; the text may come a moment later.
  async function put(text, button) {
    try {
      if (window.ClipboardItem) {
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
    try {
      const kept = localStorage.getItem(`call.${select.name}`);
      if ([...select.options].some((option) => option.value === kept)) select.value = kept;
    } catch { /* the page's own language then */ }
    select.addEventListener("change", () => {
      try {
        localStorage.setItem(`call.${select.name}`, select.value);
      } catch { /* as above */ }
    });
  });
  const chosen = (name) => panel.querySelector(`[name="${name}"]`);
  const address = (select) => select.selectedOptions[0].dataset.address;

  panel.querySelector("[data-ticket]").addEventListener("click", (event) => {
    const select = chosen("ticket-language");
    const form = chosen("ticket-form").value === "markdown" ? markdown : plain;
    put(
      load(address(select)).then((data) => ticket(data, form, select.value)),
      event.currentTarget,
    );
  });
  panel.querySelector("[data-caller]").addEventListener("click", (event) => {
    put(load(address(chosen("caller-language"))).then(forCaller), event.currentTarget);
  });

  panel.querySelector("progress").max = Math.max(steps.length, 1);
  show();
})();
