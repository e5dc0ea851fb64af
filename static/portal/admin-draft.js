// Keeps a text that is being written in the browser until it is saved, and offers it again after a
// closed tab, a lost session or a lost connection. A draft belongs to a person, a text and the
// revision that it was begun from, so that a later save still finds what others changed meanwhile.

import { isOver, sameTexts } from "./admin-texts.js";
import { KEYS, keysWith, readJson, remove, writeJson } from "./storage.js";

(() => {
  // The server names the draft that was saved last.
  const saved = document.cookie.match(/(?:^|; )draft_saved=([\w-]+)/)?.[1];
  keysWith(KEYS.draft).forEach((key) => {
    if (isOver(readJson(key), saved, Date.now())) remove(key);
  });

  const form = document.getElementById("article_form");
  if (!form || !form.classList.contains("may-edit")) return;
  const { user, article, language } = form.dataset;
  const place = `${KEYS.draft}${user}:${article || "new"}:${language}:`;
  const fields = ["title", "problem", "cause", "resolution", "other", "internal"].map((name) =>
    form.elements[name]
  );
  const base = form.elements.base_revision;
  const token = form.elements.draft;
  // A form that comes back with errors keeps its draft.
  if (!token.value) {
    token.value = crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`.replace("0.", "");
  }
  const texts = () =>
    Object.fromEntries(fields.map((field) => [field.name, field.value.replaceAll("\r\n", "\n")]));
  const stored = texts();

  let timer = 0;
  const keep = () => {
    const now = texts();
    const key = place + base.value;
    if (sameTexts(now, stored)) {
      remove(key);
      return;
    }
    // Full or forbidden: the text is in the form at least.
    writeJson(key, { token: token.value, time: Date.now(), texts: now });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep();
  });
  addEventListener("pagehide", () => {
    if (timer) keep();
  });

  const box = document.getElementById("kept-draft");
  const compare = (draft, panel) => {
    panel.replaceChildren();
    fields.filter((field) =>
      (stored[field.name] || "").trim() !== (draft.texts[field.name] || "").trim()
    ).forEach((field) => {
      const heading = document.createElement("h3");
      heading.textContent = form.querySelector(`label[for="${field.id}"]`).textContent.trim();
      const pair = document.createElement("div");
      [[panel.dataset.stored, stored[field.name]], [panel.dataset.kept, draft.texts[field.name]]]
        .forEach(([name, text]) => {
          const one = document.createElement("figure");
          const caption = document.createElement("figcaption");
          const words = document.createElement("pre");
          caption.textContent = name;
          words.textContent = text || "–";
          one.append(caption, words);
          pair.append(one);
        });
      panel.append(heading, pair);
    });
  };
  const restore = (draft, revision) => {
    base.value = revision;
    token.value = draft.token;
    fields.forEach((field) => {
      field.value = draft.texts[field.name] || "";
      field.dispatchEvent(new Event("editor:set"));
    });
    fields[0].dispatchEvent(new Event("input", { bubbles: true }));
    fields[0].focus();
  };
  const offer = (key, draft) => {
    const revision = key.slice(place.length);
    box.replaceChildren(document.getElementById("draft-offer").content.cloneNode(true));
    const words = box.querySelector("[data-when]");
    const day = new Date(draft.time).toDateString() === new Date().toDateString()
      ? {}
      : { day: "numeric", month: "long" };
    const when = new Intl.DateTimeFormat(document.documentElement.lang, {
      ...day,
      hour: "2-digit",
      minute: "2-digit",
    }).format(draft.time);
    words.textContent = words.dataset.when.replace("{time}", when);
    box.querySelector("[data-older]").hidden = revision === base.value;
    const panel = box.querySelector(".compared");
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      if (button.dataset.do === "compare") {
        panel.hidden = !panel.hidden;
        button.setAttribute("aria-expanded", String(!panel.hidden));
        compare(draft, panel);
        return;
      }
      if (button.dataset.do === "restore") restore(draft, revision);
      else remove(key);
      box.hidden = true;
    });
    box.hidden = false;
  };
  // The newest; one that says what the page says is no draft any more.
  const found = keysWith(place).map((key) => [key, readJson(key)]);
  found.filter(([, draft]) => sameTexts(stored, draft.texts)).forEach(([key]) => remove(key));
  const [newest] = found.filter(([, draft]) =>
    !sameTexts(stored, draft.texts) && draft.token !== token.value
  ).sort((a, b) => b[1].time - a[1].time);
  if (newest) offer(...newest);
})();
