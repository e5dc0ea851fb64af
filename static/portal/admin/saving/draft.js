// Keeps a form that is being written until it is saved, and offers it again after a closed tab, a lost
// session or a lost connection. The server keeps it for its person; the browser does where the server
// cannot be reached, until somebody signs out. Every page that is opened keeps a draft of its own: what
// is offered stays as it was until somebody has answered, whatever is typed meanwhile, here or in
// another tab. A draft remembers the revision that it was begun from, so that a later save still finds
// what others changed meanwhile.

import { fill, hideOffers, showOffers } from "./offers.js";
import { changedNames, isOver, offersOf, valuesOf } from "../editing/texts.js";
import { bodyFor, isKey, send } from "./session.js";
import { hold, openSince, watchTabs } from "./tabs.js";
import { KEYS, keysWith, readJson, remove, writeJson } from "../../storage.js";

// Random numbers that plain HTTP has too.
const ownName = () =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");

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
  const number = form.elements.draft;
  // Whoever comes back to a form that was sent comes back to the same form, though it is loaded anew:
  // it makes no second article.
  const [navigation] = performance.getEntriesByType("navigation");
  if (navigation?.type === "back_forward" && history.state?.draft) {
    number.value = history.state.draft;
  }
  const state = form.querySelector("[data-draft-state]");
  const field = form.elements.kept_draft;
  const now = () => valuesOf(new FormData(form));
  // What the page came with: a browser may fill it with what was typed before a reload.
  const asSent = () => {
    const copy = form.cloneNode(true);
    copy.reset();
    return valuesOf(new FormData(copy));
  };
  // A page that could not be saved shows what nobody has stored.
  const isRefused = Boolean(form.dataset.kept);
  let stored = isRefused ? {} : asSent();
  let own = form.dataset.kept;
  const begin = () => {
    own = ownName();
    field.value = own;
    hold(own);
  };
  if (own) hold(own);
  else begin();
  const isChanged = () => changedNames(stored, now()).length > 0;
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
  const posted = (values) => {
    const data = new FormData(form);
    Object.entries({ ...where(), ...values }).forEach(([name, value]) => data.set(name, value));
    return data;
  };
  // One that was `seen` goes if it still says what was seen.
  const discard = (name, seen = "") => {
    const data = bodyFor(form);
    data.set("discard", name);
    data.set("discard_seen", seen);
    fetch(drafts, { method: "POST", body: data, keepalive: true }).catch(() => {});
  };
  const removeCopy = (draft) => {
    const copy = readJson(place() + draft.token);
    if (copy && copy.time <= draft.time) remove(place() + draft.token);
  };

  // Where another tab went on with it, what it kept since stays.
  const end = (draft) => {
    if (draft.seen || draft.isOwn) discard(draft.token, draft.seen);
    removeCopy(draft);
  };

  // In the browser at once, on the server a moment later; what the server has, the browser forgets.
  const key = () => place() + own;
  const draftNow = () => {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !isKey(name)) {
        (fields[name] ||= []).push(value);
      }
    }
    return { token: own, time: Date.now(), fields };
  };
  const keepHere = () => writeJson(key(), draftNow());
  let timer = 0;
  let isKept = false;
  let isPosting = false;
  let restored = null; // the draft with which this one goes on: the server ends it
  const aside = new Set(); // names of drafts that another one took the place of on this page
  const forgetOwn = () => {
    if (isKept) discard(own);
    isKept = false;
    remove(key());
    say("");
  };
  const keepThere = async () => {
    const before = JSON.stringify(now());
    const name = own;
    const former = restored;
    const going = former?.seen ? { restored: former.token, restored_seen: former.seen } : {};
    try {
      const { response, reason } = await send(drafts, () => posted(going));
      if (reason) return say(state?.dataset[reason] || state?.dataset.here);
      if ([404, 410].includes(response.status)) return say(state?.dataset.gone);
      if (response.status !== 204) throw new Error();
      if (name !== own) { // saved meanwhile, or set aside: that stays
        if (!aside.has(name)) discard(name);
        return;
      }
      isKept = true;
      if (restored === former) restored = null;
      if (former?.isOwn) end(former);
      else if (former) removeCopy(former);
      if (JSON.stringify(now()) === before) remove(key());
      say(state?.dataset.kept);
    } catch {
      say(state?.dataset.here);
    }
  };
  // One after the other, so that an earlier state never arrives last.
  const keep = async () => {
    timer = 0;
    if (isPosting) {
      timer = setTimeout(keep, 500);
      return;
    }
    if (!isChanged()) return forgetOwn();
    isPosting = true;
    await keepThere();
    isPosting = false;
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
  let sentName = "";
  form.addEventListener("submit", () => {
    isSent = true;
    sentName = own;
    clearTimeout(timer);
    clearTimeout(soon);
    if (number) history.replaceState({ ...history.state, draft: number.value }, "");
    if (isChanged()) keepHere();
  });
  // Saved in place: the page goes on with a draft of another name.
  form.addEventListener("save:done", ({ detail }) => {
    keysWith(KEYS.draft).filter((name) => name.endsWith(`:${sentName}`)).forEach(remove);
    stored = detail;
    isKept = false;
    restored = null;
    begin();
    say("");
    // What is offered was begun before this text, perhaps for another article: it waits for its page.
    hideOffers();
  });
  form.addEventListener("save:end", () => {
    isSent = false;
    timer = 0;
    if (isChanged()) changed();
  });
  addEventListener("pagehide", () => {
    if (!timer || isSent) return;
    if (!isChanged()) return forgetOwn();
    keepHere();
    navigator.sendBeacon(drafts, posted());
  });
  const goOn = () => {
    if (isChanged()) keep();
    else say("");
  };
  addEventListener("online", goOn);
  form.addEventListener("session:back", goOn);

  let offers = [];
  const show = () =>
    showOffers(form, offers, () => isRefused ? now() : stored, {
      restore,
      discard: refuse,
      openSince: (draft) => draft.isOwn ? undefined : openSince(draft.token),
    });
  const drop = (draft) => {
    offers = offers.filter((one) => one !== draft);
  };
  // What was typed since the page was opened becomes a draft of its own, and is offered.
  const setAside = () => {
    clearTimeout(timer);
    clearTimeout(soon);
    if (!isChanged()) return forgetOwn();
    keepHere();
    aside.add(own);
    const copy = { ...draftNow(), typed: now(), isOwn: true };
    offers.unshift(copy);
    fetch(drafts, { method: "POST", body: posted() })
      .then((response) => response.status === 204 && removeCopy(copy)).catch(() => {});
  };
  const restore = (draft) => {
    setAside();
    drop(draft);
    begin();
    isKept = false;
    restored = draft;
    fill(form, draft);
    clearTimeout(timer);
    clearTimeout(soon);
    keepHere();
    keep();
    show();
  };
  const refuse = (draft) => {
    end(draft);
    drop(draft);
    show();
  };
  const there = async () => {
    try {
      const response = await fetch(`${drafts}?${new URLSearchParams(where())}`);
      const answer = response.ok && !response.redirected ? await response.json() : { drafts: [] };
      return answer.drafts;
    } catch {
      return [];
    }
  };
  const find = async () => {
    const here = keysWith(place()).map(readJson).filter((draft) => draft?.fields);
    const found = offersOf([...here, ...await there()], own, stored, now());
    found.over.forEach(end);
    // The one that somebody chose on the first page stands first.
    const chosen = new URLSearchParams(location.hash.slice(1)).get("kept");
    offers = found.offers.sort((one, other) => (other.token === chosen) - (one.token === chosen));
    if (offers.length) show();
  };
  find();
  watchTabs(() => {
    if (offers.length) show();
  });
  addEventListener("pageshow", () => {
    if (isChanged()) changed();
  });
})();
