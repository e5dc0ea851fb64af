// Keeps a form that is being written until it is saved, and offers it again after a closed tab, a lost
// session or a lost connection. The server keeps it for its person; the browser does where the server
// cannot be reached, until somebody signs out. A draft remembers the revision that it was begun from,
// so that a later save still finds what others changed meanwhile.

import { changedNames, isOver, valuesOf } from "./admin-texts.js";
import { KEYS, keysWith, readJson, remove, writeJson } from "./storage.js";

(() => {
  // The server names the draft that was saved last.
  const saved = document.cookie.match(/(?:^|; )draft_saved=([\w-]+)/)?.[1];
  keysWith(KEYS.draft).forEach((key) => {
    if (isOver(readJson(key), saved, Date.now())) remove(key);
  });

  const form = document.querySelector("form[data-drafts]");
  if (!form || !form.classList.contains("may-edit")) return;
  const { user, language, page, drafts } = form.dataset;
  // A new article has a number once it is saved.
  const place = () => `${KEYS.draft}${user}:${page}:${form.dataset.article || "new"}:${language}:`;
  const token = form.elements.draft;
  const base = form.elements.base_revision;
  // Whoever comes back to a form that was sent comes back to the same form, though it is loaded anew.
  const [navigation] = performance.getEntriesByType("navigation");
  const remember = () => history.replaceState({ ...history.state, draft: token.value }, "");
  if (navigation?.type === "back_forward" && history.state?.draft) {
    token.value = history.state.draft;
  }
  remember();
  const state = form.querySelector("[data-draft-state]");
  const box = document.getElementById("kept-draft");
  const key = () => place() + token.value;
  const now = () => valuesOf(new FormData(form));
  let stored = now();
  const where = () => ({
    "draft_article": form.dataset.article || "",
    "draft_language": language,
    "draft_page": page,
  });

  const say = (words) => {
    if (!state) return;
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
    state.textContent = words ? words.replace("{time}", time.format(Date.now())) : "";
  };
  const posted = () => {
    const data = new FormData(form);
    Object.entries(where()).forEach(([name, value]) => data.set(name, value));
    return data;
  };
  const discard = (name) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("discard", name);
    fetch(drafts, { method: "POST", body: data }).catch(() => {});
    remove(place() + name);
  };

  // In the browser at once, on the server a moment later; what the server has, the browser forgets.
  const keepHere = () =>
    writeJson(key(), {
      token: token.value,
      time: Date.now(),
      base: [base.value],
      fields: now(),
    });
  let timer = 0;
  let isKept = false;
  const keep = async () => {
    timer = 0;
    if (!changedNames(stored, now()).length) {
      if (isKept) discard(token.value);
      isKept = false;
      remove(key());
      say("");
      return;
    }
    const before = JSON.stringify(now());
    const name = token.value;
    try {
      const response = await fetch(drafts, { method: "POST", body: posted() });
      if (response.redirected || response.status === 403) {
        say(state?.dataset.signedOut);
        return;
      }
      if (response.status !== 204) throw new Error();
      if (name !== token.value) { // saved meanwhile
        discard(name);
        return;
      }
      isKept = true;
      if (JSON.stringify(now()) === before) remove(key());
      say(state?.dataset.kept);
    } catch {
      say(state?.dataset.here);
    }
  };
  let soon = 0;
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(keepHere, 400);
    timer ||= setTimeout(keep, 2000);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  let isSent = false;
  let sentToken = "";
  form.addEventListener("submit", () => {
    isSent = true;
    sentToken = token.value;
    clearTimeout(timer);
    clearTimeout(soon);
    if (changedNames(stored, now()).length) keepHere();
  });
  // Saved in place: the page goes on with a form of another number.
  form.addEventListener("save:done", ({ detail }) => {
    keysWith(KEYS.draft).filter((name) => name.endsWith(`:${sentToken}`)).forEach(remove);
    stored = detail;
    isKept = false;
    say("");
    remember();
    // What is offered was begun before this text, perhaps for another article: it waits for its page.
    box.hidden = true;
  });
  form.addEventListener("save:end", () => {
    isSent = false;
    timer = 0;
    if (changedNames(stored, now()).length) changed();
  });
  addEventListener("pagehide", () => {
    if (!timer || isSent) return;
    keepHere();
    navigator.sendBeacon(drafts, posted());
  });
  addEventListener("online", () => {
    if (changedNames(stored, now()).length) keep();
  });

  const elementsOf = (name) =>
    [...form.elements].filter((element) => element.name === name && element.type !== "submit");
  const labelOf = (name) => {
    const [field] = elementsOf(name);
    const legend = field?.closest("fieldset")?.querySelector("legend");
    const label = legend || field?.labels?.[0];
    return (label?.textContent || field?.getAttribute("aria-label") || name).trim();
  };
  const worded = (name, values) =>
    (values || []).map((value) => {
      const field = elementsOf(name).find((one) => one.type !== "checkbox" || one.value === value);
      if (field?.type === "checkbox") return field.labels?.[0]?.textContent.trim() || value;
      const option = field?.options && [...field.options].find((one) => one.value === value);
      return option ? option.textContent.trim() : value;
    }).filter((words) => words.trim()).join("\n\n") || "–";

  const compare = (draft, panel) => {
    panel.replaceChildren();
    changedNames(stored, draft.fields).forEach((name) => {
      const heading = document.createElement("h3");
      heading.textContent = labelOf(name);
      const pair = document.createElement("div");
      [[panel.dataset.stored, stored[name]], [panel.dataset.kept, draft.fields[name]]]
        .forEach(([title, values]) => {
          const one = document.createElement("figure");
          const caption = document.createElement("figcaption");
          const words = document.createElement("pre");
          caption.textContent = title;
          words.textContent = worded(name, values);
          one.append(caption, words);
          pair.append(one);
        });
      panel.append(heading, pair);
    });
  };
  const put = (name, values) => {
    const fields = elementsOf(name);
    fields.forEach((field, place) => {
      if (field.type === "hidden" && name !== "template") return;
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
        return;
      }
      // Rows that went meanwhile leave their words in the last one.
      const rest = place === fields.length - 1 ? values.slice(place).filter(Boolean) : [];
      field.value = rest.length > 1 ? rest.join("\n\n") : values[place] || "";
      field.dispatchEvent(new Event("editor:set"));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };
  const restore = (draft) => {
    const names = new Set([...Object.keys(stored), ...Object.keys(draft.fields)]);
    names.forEach((name) => put(name, draft.fields[name] || []));
    const [revision] = draft.base || [];
    if (revision) base.value = revision;
    token.value = draft.token;
    remember();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    form.querySelector("[name=title], textarea")?.focus();
  };
  const offer = (draft) => {
    box.replaceChildren(document.getElementById("draft-offer").content.cloneNode(true));
    const words = box.querySelector("[data-when]");
    const day = new Date(draft.time).toDateString() === new Date().toDateString()
      ? {}
      : { day: "numeric", month: "long" };
    const when = new Intl.DateTimeFormat(document.documentElement.lang, {
      ...day,
      hour: "numeric",
      minute: "2-digit",
    }).format(draft.time);
    words.textContent = words.dataset.when.replace("{time}", when);
    box.querySelector("[data-older]").hidden = !draft.base || draft.base[0] === base.value;
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
      if (button.dataset.do === "restore") restore(draft);
      else discard(draft.token);
      box.hidden = true;
    });
    box.hidden = false;
  };

  const kept = async () => {
    try {
      const response = await fetch(`${drafts}?${new URLSearchParams(where())}`);
      const answer = response.ok && !response.redirected ? await response.json() : { drafts: [] };
      return answer.drafts;
    } catch {
      return [];
    }
  };
  // The newest of both places; one that says what the page says is no draft any more.
  const find = async () => {
    const here = keysWith(place()).map(readJson).filter((draft) => draft?.fields);
    const drafts = [...here, ...await kept()].map((draft) => ({
      ...draft,
      base: draft.fields.base_revision || draft.base,
      fields: valuesOf(
        Object.entries(draft.fields).flatMap(([name, values]) =>
          values.map((value) => [name, value])
        ),
      ),
    }));
    drafts.filter((draft) =>
      draft.token !== token.value && !changedNames(stored, draft.fields).length
    )
      .forEach((draft) => discard(draft.token));
    const [newest] = drafts.filter((draft) => changedNames(stored, draft.fields).length)
      .sort((a, b) => b.time - a.time);
    if (newest) offer(newest);
  };
  find();
})();
