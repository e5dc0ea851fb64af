// Saves the article in place: the caret, the scroll and what can be undone stay. The portal answers as
// it does without scripts, with the page after the save; what that page says anew is taken over, and
// what somebody writes is left alone. Where it asks something (two texts to merge), the form is sent as
// usual. Other scripts hear "save:done" (detail: what is stored now) and, whatever came of it,
// "save:end".

import { noteAway, reasonOf, renew } from "./session.js";
import { changedNames, valuesOf } from "../editing/texts.js";

(() => {
  const form = document.getElementById("article_form");
  const state = form?.querySelector("[data-save-state]");
  if (!state || !form.classList.contains("may-edit")) return;
  const button = form.querySelector("[name=_save]");
  let isSaving = false;
  let isAsked = false;
  let isPlain = false;

  const now = () => valuesOf(new FormData(form));
  let stored = now();
  const isChanged = () => changedNames(stored, now()).length > 0;
  const say = (kind, words) => {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
    state.dataset.kind = kind;
    delete state.dataset.reason;
    state.textContent = words.replace("{time}", time.format(Date.now()));
  };

  const textsOf = (page, selector) =>
    [...page.querySelectorAll(selector)].map((one) => one.textContent.trim()).filter(Boolean);

  // An element of this page becomes what the other page has in its place: changed, new or gone.
  const take = (page, selector, put) => {
    const ours = document.querySelector(selector);
    const theirs = page.querySelector(selector);
    if (ours && theirs) ours.replaceWith(document.importNode(theirs, true));
    else if (ours) ours.remove();
    else if (theirs) put(document.importNode(theirs, true));
  };
  const takeNotices = (page) => {
    const presence = document.getElementById("presence");
    const all = "#content-main > .notice-box";
    document.querySelectorAll(all).forEach((one) => one.remove());
    page.querySelectorAll(all).forEach((one) => presence.before(document.importNode(one, true)));
    const url = page.getElementById("presence")?.dataset.url;
    if (url) presence.dataset.url = url;
  };
  const takeErrors = (other) => {
    form.querySelectorAll(".errornote, .errorlist").forEach((one) => one.remove());
    form.querySelectorAll(".errors").forEach((one) => one.classList.remove("errors"));
    form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
    const columns = form.querySelector(".form-columns");
    other.querySelectorAll(":scope > .errornote, :scope > .errorlist").forEach((one) => {
      columns.before(document.importNode(one, true));
    });
    other.querySelectorAll(".text-field.errors, .side-field.errors").forEach((theirs) => {
      const field = theirs.querySelector("[name]:not([type=hidden])")?.getAttribute("name");
      const ours = field &&
        form.querySelector(`[name="${field}"]`)?.closest(".text-field, .side-field");
      if (!ours) return;
      ours.classList.add("errors");
      const list = document.importNode(theirs.querySelector(".errorlist"), true);
      const label = ours.querySelector("label, legend");
      label.after(list);
    });
  };
  // From which revision the text goes on, and what the details were when they were shown. Of another
  // language this page shows nothing: what it was opened with is what somebody has read.
  const takeHidden = (other, isLeft) => {
    const own = `revision_${form.dataset.language}`;
    other.querySelectorAll(":scope > input[type=hidden]").forEach((theirs) => {
      const isOfText = /^(base_)?revision/.test(theirs.name);
      if (isOfText && (isLeft || !["base_revision", own].includes(theirs.name))) return;
      const ours = form.querySelector(`:scope > input[name="${theirs.name}"]`);
      if (ours) ours.value = theirs.value;
      else form.prepend(document.importNode(theirs, true));
    });
    other.querySelectorAll(".side-field").forEach((theirs) => {
      const name = [...theirs.classList].find((one) => one.startsWith("side-field") === false);
      const ours = form.querySelector(`.${name}`);
      if (!ours) return;
      ours.querySelectorAll("input[type=hidden]").forEach((one) => one.remove());
      ours.append(...theirs.querySelectorAll("input[type=hidden]"));
    });
  };
  // What is said of one save alone is empty again; what the portal made (an address) is shown. A field
  // that somebody went on with keeps what they typed.
  const takeFields = (other, sent) => {
    const afterComment = (one) => form.querySelector(".save-comment").after(one);
    take(other.ownerDocument, ".save-relation", afterComment);
    take(other.ownerDocument, ".save-left-out", afterComment);
    for (const name of ["comment", "size", "slug"]) {
      const [ours, theirs] = [form, other].map((one) => one.querySelector(`[name="${name}"]`));
      if (ours && theirs && ours.value === (sent[name]?.[0] ?? "")) ours.value = theirs.value;
    }
  };

  const texts = () => [...form.querySelectorAll('.text-field [name]:not([type="hidden"])')];
  const isSame = (field, values) => (values[field.name]?.[0] ?? "") === field.value;
  // Somebody else saved the text meanwhile, and nothing was written here: theirs is shown now. Where
  // something is being written here by now, the form goes on from what it showed, and is asked later.
  const takeTexts = (other, sent) => {
    const fields = texts();
    const names = fields.map(({ name }) => name);
    const isWritten = changedNames(stored, sent).some((name) => names.includes(name));
    const base = (one) => one.elements.base_revision?.value;
    if (isWritten || base(other) === base(form)) return "";
    if (!fields.every((field) => isSame(field, sent))) return "left";
    for (const field of fields) {
      const theirs = other.elements[field.name]?.value ?? field.value;
      if (theirs === field.value) continue;
      field.value = theirs;
      field.dispatchEvent(new CustomEvent("editor:set"));
    }
    return "taken";
  };
  // Published meanwhile: the text waits as a pending revision from now on, and the details are shown.
  const takeKind = (page, other) => {
    if (other.dataset.page === form.dataset.page) return;
    form.dataset.page = other.dataset.page;
    take(page, ".form-side", () => {});
    const hidden = form.elements.has_details;
    if (hidden && !other.elements.has_details) hidden.remove();
    const submit = other.querySelector("[name=_submit]");
    if (submit && !form.querySelector("[name=_submit]")) {
      button.after(document.importNode(submit, true));
    }
  };
  // The links to pages that put something live say what this form showed.
  const nameRevisions = () => {
    document.querySelectorAll('.form-head a[href*="revision_"]').forEach((link) => {
      const address = new URL(link.href);
      form.querySelectorAll(":scope > [name^=revision_]").forEach(({ name, value }) => {
        address.searchParams.set(name, value);
      });
      link.href = address.href;
    });
  };

  const takeOver = (page, address, sent) => {
    const other = page.getElementById("article_form");
    const outcome = takeTexts(other, sent);
    takeKind(page, other);
    document.title = page.title;
    history.replaceState(history.state, "", address);
    take(page, "header.form-head", () => {});
    take(page, ".breadcrumbs", () => {});
    take(page, ".side-states", (one) => form.querySelector(".form-side").prepend(one));
    takeNotices(page);
    takeErrors(other);
    takeHidden(other, outcome === "left");
    takeFields(other, sent);
    nameRevisions();
    // What was said of something before is over.
    document.querySelectorAll(".messagelist").forEach((one) => one.remove());
    form.dataset.article = other.dataset.article;
    form.dataset.status = other.dataset.status;
    return outcome;
  };

  const plain = () => {
    isPlain = true;
    form.requestSubmit(button);
  };
  const saved = (page, response, sent) => {
    const other = page.getElementById("article_form");
    if (other?.dataset.language !== form.dataset.language) {
      location.assign(response.url);
      return;
    }
    const isTaken = takeOver(page, response.url, sent) === "taken";
    stored = isTaken ? now() : afterwards(sent);
    form.dispatchEvent(new CustomEvent("save:done", { bubbles: true, detail: stored }));
    const words = textsOf(page, ".messagelist li").join(" ");
    const since = isChanged() ? state.dataset.more : "";
    say(since ? "changed" : "saved", `${words} ${since}`.trim());
  };
  // What the form holds where nobody typed since it was sent: what is said of one save is empty again.
  const isOpen = (name) => form.querySelector(`[name="${name}"]:not(:disabled)`);
  const afterwards = (sent) => {
    const ofOneSave = /^(comment|size|slug|relation|left_out|base_.*)$/;
    const all = [
      ...Object.entries(sent).filter(([name]) => !ofOneSave.test(name) && isOpen(name)),
      ...Object.entries(now()).filter(([name]) => ofOneSave.test(name)),
    ];
    return Object.fromEntries(all);
  };
  const refused = (page) => {
    const other = page.getElementById("article_form");
    takeErrors(other);
    // What the portal asks before it saves.
    take(page, ".save-left-out", (one) => form.querySelector(".save-comment").after(one));
    const [reason] = textsOf(other, ".errorlist li");
    const isSaidThere = other.querySelector(".save-left-out");
    const { refused } = state.dataset;
    say(
      "failed",
      isSaidThere ? refused.replace(/\s*:$/, ".") : `${refused} ${reason || ""}`.trim(),
    );
  };

  const parse = async (response) =>
    new DOMParser().parseFromString(await response.text(), "text/html");
  const words = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  // What the portal says of an article that is gone: who took it away, and when.
  const gone = async (response) => {
    const page = await parse(response);
    form.dispatchEvent(new Event("save:gone", { bubbles: true }));
    return `${state.dataset.gone} ${words(page.querySelector("[data-departed] p strong"))}`;
  };
  const missed = (reason) => {
    noteAway();
    say("failed", state.dataset[reason]);
    state.dataset.reason = reason;
  };
  const send = async (sent, again = true) => {
    const data = new FormData(form);
    data.set("_save", "1");
    const response = await fetch(location.href, { method: "POST", body: data });
    // Two texts to merge, or another person: it asks on a page of its own.
    const told = response.redirected ? "" : reasonOf(response);
    if (told === "somebodyElse") return plain();
    if (told === "expired" && again) {
      const reason = await renew();
      if (reason === "somebodyElse") return plain();
      return reason ? missed(reason) : send(sent, false);
    }
    if (told === "signedOut") return missed(told);
    if (response.status === 410) return say("failed", await gone(response));
    if (!response.ok) return say("failed", state.dataset.failed);
    const page = await parse(response);
    if (!page.getElementById("article_form")) return missed("signedOut");
    return response.redirected ? saved(page, response, sent) : refused(page);
  };

  const save = async () => {
    if (isSaving) {
      isAsked = true;
      return;
    }
    isSaving = true;
    say("saving", state.dataset.saving);
    try {
      await send(now());
    } catch {
      say("failed", state.dataset.offline);
    }
    isSaving = false;
    if (!isPlain) form.dispatchEvent(new Event("save:end", { bubbles: true }));
    if (isAsked && isChanged()) save();
    isAsked = false;
  };

  form.addEventListener("submit", (event) => {
    if (isPlain || event.defaultPrevented || event.submitter !== button) return;
    event.preventDefault();
    save();
  });
  const changed = () => {
    if (isSaving || state.dataset.kind === "failed") return;
    if (isChanged()) say("changed", state.dataset.changed);
    else if (state.dataset.kind === "changed") say("", "");
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("session:back", () => {
    if (!state.dataset.reason) return;
    say("", "");
    changed();
  });
})();
