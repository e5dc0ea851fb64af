// What a page gains with scripts. Everything can be read and reached without them.

import { KEYS, lettersAreOn, read, readTab, symbolsAreOn, write, writeTab } from "./storage.js";

// Colours: as the system, light, dark, remembered in this browser only.
(() => {
  const button = document.querySelector(".theme-switch");
  const label = button?.querySelector("[data-theme-label]");
  if (!button || !label) return;
  const root = document.documentElement;
  const order = ["auto", "light", "dark"];
  const current = () => root.dataset.theme || "auto";
  const show = () => {
    label.textContent = button.title = button.dataset[current()];
  };
  // Chosen on another page since, when the browser shows this one as it was left.
  addEventListener("pageshow", ({ persisted }) => {
    const kept = persisted && read(KEYS.theme);
    if (!kept) return;
    if (kept === "auto") delete root.dataset.theme;
    else root.dataset.theme = kept;
    show();
  });
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(current()) + 1) % order.length];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    write(KEYS.theme, next);
    show();
  });
  show();
})();

// Sheets are closed on a phone, unless all of a list was asked for, and part of the page elsewhere.
(() => {
  const wide = matchMedia("(min-width: 56.25em)");
  const sheets = document.querySelectorAll("details[data-open-when-wide]");
  const follow = () =>
    sheets.forEach((sheet) => {
      sheet.open = wide.matches || sheet.querySelector("[data-whole]") !== null;
    });
  wide.addEventListener("change", follow);
  follow();
  // A choice among filters loads the page again: the sheet is then as it was left.
  const filters = document.querySelector(".facets-place > details");
  if (filters && !wide.matches && readTab(KEYS.filters) === location.pathname) filters.open = true;
  writeTab(KEYS.filters, "");
  filters?.addEventListener("click", (event) => {
    if (event.target.closest("a, nav button")) writeTab(KEYS.filters, location.pathname);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || wide.matches) return;
    document.querySelectorAll("details[data-open-when-wide][open]").forEach((sheet) => {
      sheet.open = false;
      sheet.querySelector("summary").focus();
    });
  });
  // A link inside the outline leads into the page: the sheet would cover it.
  document.querySelectorAll(".outline a").forEach((link) =>
    link.addEventListener("click", () => {
      if (!wide.matches) link.closest("details").open = false;
    })
  );
})();

(() => {
  const links = new Map([...document.querySelectorAll(".outline a[href^='#']")]
    .map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const targets = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  if (targets.length < 2) return;
  // What stands beside the text, in a column of its own, is not where one reads.
  const beside = matchMedia("(min-width: 73.75em)");
  const mark = () => {
    const passed = targets.filter((target) =>
      target.getBoundingClientRect().top < 120 && !(beside.matches && target.closest("aside"))
    );
    const active = passed.at(-1) ?? targets[0];
    links.forEach((link, id) => {
      link.ariaCurrent = id === active.id ? "location" : null;
    });
  };
  let queued = false;
  addEventListener("scroll", () => {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      mark();
    });
  }, { passive: true });
  // With the first frame: to measure before the other scripts have run would lay the page out twice.
  requestAnimationFrame(mark);
})();

// The language is that of a link, at the section that is being read.
(() => {
  const switches = [...document.querySelectorAll(".language-switch a, [data-newer] a")];
  switches.forEach((link) =>
    link.addEventListener("click", () => {
      const read = scrollY > 200 ? document.querySelector(".outline a[aria-current]")?.hash : "";
      link.hash = location.hash || read || "";
    })
  );

  // "/" leads to the language that was chosen last: the one thing that the portal keeps for it.
  document.querySelectorAll(".language-switch > *").forEach((link) =>
    link.addEventListener("click", () => {
      const name = link.parentElement.dataset.cookie;
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `${name}=${link.lang}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    })
  );
})();

// Shortcuts of one key. None acts while somebody types, nor with Ctrl, Alt or the system's key.
(() => {
  let keys = null;
  let isHere = false;
  const load = () => {
    keys ??= import("./keys.js");
    keys.then(() => (isHere = true));
    return keys;
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
    // What is pressed right after the first shortcut, while its script comes, waits for it.
    const waits = keys && !isHere && /^(Enter|Arrow(Up|Down))$/.test(event.key);
    const isOn = event.key === "?" ? symbolsAreOn() : lettersAreOn();
    if (!waits && !(isOn && /^[jklt?]$/.test(event.key))) return;
    if (waits) event.preventDefault();
    load().then(({ press }) => press(event.key));
  });
  document.querySelector("[data-keys]")
    ?.addEventListener("click", () => load().then(({ show }) => show()));
})();

// Pages are kept for later, and a kept one says since when.
(() => {
  const root = document.documentElement;
  const banner = document.querySelector(".kept");
  if (root.dataset.kept !== undefined && banner) {
    const since = new Date(root.dataset.kept);
    if (!Number.isNaN(since.getTime())) {
      banner.querySelector("[data-since]").textContent = since.toLocaleString(root.lang, {
        dateStyle: "long",
        timeStyle: "short",
      });
    }
  }
  if (!("serviceWorker" in navigator)) return;
  const register = () =>
    navigator.serviceWorker.register("/sw.js").catch(() => {/* online only */});
  addEventListener("load", register);
})();
