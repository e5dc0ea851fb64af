// Shortcuts of one key. None acts while somebody types, nor with Ctrl, Alt or the system's key.
(() => {
  const dialog = document.querySelector(".keys");
  if (!dialog) return;

  // What j and k go through: the hits of a list, the steps of an article.
  const ITEMS = "main .hit-title a, main .row-link, main .step-tick";
  const items = () =>
    [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());

  function move(by) {
    const all = items();
    const from = all.indexOf(document.activeElement);
    const next = from < 0 ? (by > 0 ? 0 : all.length - 1) : from + by;
    const item = all[Math.min(Math.max(next, 0), all.length - 1)];
    item?.focus({ preventScroll: true });
    item?.closest(".step, .substep, .hit, .row")?.scrollIntoView({ block: "nearest" });
  }

  // The other language, at the section that is being read.
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

  function otherLanguage() {
    const all = [...document.querySelectorAll(".language-switch > *")];
    const current = all.findIndex((one) => one.hasAttribute("aria-current"));
    all[(current + 1) % all.length]?.click();
  }

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    l: otherLanguage,
    t: () => document.querySelector("[data-ticket]")?.click(),
    "?": () => dialog.showModal(),
  };
  // Arrows scroll the page, unless a hit or a step was reached already.
  const arrows = { ArrowDown: actions.j, ArrowUp: actions.k };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (
      event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    ) return;
    if (target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
    const action = actions[event.key] ?? (target.matches?.(ITEMS) ? arrows[event.key] : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  });

  document.querySelector("[data-keys]")?.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
})();
