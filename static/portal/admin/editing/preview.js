// Keeps the page beside the text in step with it: what the text becomes, what was recognised, what is
// worth a second look. The page lives in a shadow tree, so that it has the readers' style sheet.

import { noteAway, reasonOf } from "../saving/session.js";
import { placeOf } from "./texts.js";

(() => {
  const form = document.getElementById("article_form");
  const host = document.getElementById("preview");
  if (!form || !host) return;
  if (!host.shadowRoot) {
    const template = host.querySelector("template");
    host.attachShadow({ mode: "open" }).append(template.content);
    template.remove();
  }
  const root = host.shadowRoot;
  const page = root.querySelector(".preview-page");
  const report = document.getElementById("report");
  const state = form.querySelector(".preview-state");
  const PAUSE = 250;
  let timer = 0;
  let asked = null;
  let last = null;

  const refresh = async () => {
    asked?.abort();
    asked = new AbortController();
    state.textContent = state.dataset.busy;
    try {
      const response = await fetch(form.dataset.preview, {
        method: "POST",
        body: new FormData(form),
        signal: asked.signal,
      });
      const reason = reasonOf(response);
      if (reason) {
        noteAway();
        state.textContent = state.dataset[reason] || state.dataset.signedOut;
        return;
      }
      if (!response.ok || !response.headers.get("Content-Type").includes("json")) throw new Error();
      const answer = await response.json();
      if (answer.page !== undefined) page.innerHTML = answer.page;
      report.innerHTML = answer.report;
      dress();
      state.textContent = "";
      if (last) follow(...last);
      host.dispatchEvent(new Event("preview:done", { bubbles: true }));
    } catch (error) {
      if (error.name !== "AbortError") state.textContent = state.dataset.offline;
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  };

  // The place in the page that belongs to a line: the nth heading or item of the one is the nth of
  // the other. Lines between two of them lie between them in the page too.
  const follow = (area, line) => {
    last = [area, line];
    const section = page.querySelector(`[data-section="${area.name}"]`);
    if (!section) return;
    const { number, since } = placeOf(area.value, line);
    const marks = [...section.querySelectorAll(".prose :is(h2, h3, h4, h5, h6, li)")];
    const element = number ? marks[Math.min(number, marks.length) - 1] : section;
    page.querySelector(".is-here")?.classList.remove("is-here");
    if (!element) return;
    if (number) element.classList.add("is-here");
    const top = element.getBoundingClientRect().top - page.getBoundingClientRect().top;
    const wanted = top + (number ? Math.min(since * 12, 120) : 0) - host.clientHeight / 3;
    const quick = matchMedia("(prefers-reduced-motion: reduce)").matches;
    host.scrollTo({ top: Math.max(0, wanted), behavior: quick ? "auto" : "smooth" });
  };

  // Findings lead to where they stand in the text.
  const dress = () =>
    report.querySelectorAll(".find").forEach((button) => {
      button.hidden = !form.classList.contains("may-edit");
    });
  report.addEventListener("click", (event) => {
    const button = event.target.closest(".find");
    if (!button) return;
    const field = form.elements[button.dataset.section];
    if (field?.matches("textarea.markdown")) {
      field.dispatchEvent(new CustomEvent("editor:find", { detail: button.dataset.quote }));
    } else field?.focus();
  });

  const switcher = form.querySelector("[data-preview-theme]");
  switcher.hidden = false;
  switcher.addEventListener("click", () => {
    const dark = getComputedStyle(host).colorScheme === "dark" ||
      (getComputedStyle(host).colorScheme !== "light" &&
        matchMedia("(prefers-color-scheme: dark)").matches);
    host.dataset.scheme = dark ? "light" : "dark";
  });
  // Links of the page lead away from what is being written.
  root.addEventListener("click", (event) => {
    const anchor = event.target.closest("a[href]");
    if (!anchor) return;
    event.preventDefault();
    const href = anchor.getAttribute("href");
    if (href.startsWith("#")) {
      root.getElementById(href.slice(1))?.scrollIntoView({ block: "start" });
    } else window.open(anchor.href, "_blank", "noopener");
  });

  // As high as the window leaves it, wherever the page is scrolled to.
  const pane = form.querySelector(".form-preview");
  const fit = () =>
    pane.style.setProperty(
      "--from",
      `${Math.max(12, pane.parentElement.getBoundingClientRect().top)}px`,
    );
  addEventListener("scroll", fit, { passive: true });
  addEventListener("resize", fit);
  fit();

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("editor:cursor", (event) => follow(event.target, event.detail));
  addEventListener("online", later);
  form.addEventListener("session:back", later);
  dress();
})();
