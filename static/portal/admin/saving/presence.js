// Tells the portal that this form is open, and says who else has it open.

import { bodyFor } from "./session.js";

(() => {
  const banner = document.getElementById("presence");
  const form = document.getElementById("article_form");
  if (!banner || !form) return;
  const EVERY = 20_000;
  const body = (leaves) => {
    const data = bodyFor(form);
    if (leaves) data.set("leaves", "1");
    data.set("status", form.dataset.status);
    data.set("base_revision", form.elements.base_revision?.value ?? "");
    return data;
  };
  // What was said of one's own save is over once others are told of.
  const tell = (html) => {
    const before = banner.textContent;
    banner.innerHTML = html;
    const own = form.querySelector('[data-save-state][data-kind="saved"]');
    if (own && banner.textContent.trim() && banner.textContent !== before) own.textContent = "";
  };
  // A new article has an address once it is saved.
  const report = async () => {
    const address = banner.dataset.url;
    if (!address) return;
    try {
      const response = await fetch(address, { method: "POST", body: body(false) });
      // 410: the article is gone, and the answer says who took it away.
      const isSaid = response.ok || response.status === 410;
      if (isSaid && !response.redirected) tell(await response.text());
    } catch { /* without a connection nobody can be told */ }
  };
  report();
  let timer = setInterval(report, EVERY);
  form.addEventListener("save:done", report);
  form.addEventListener("save:gone", report);
  addEventListener("pagehide", () => {
    clearInterval(timer);
    if (banner.dataset.url) navigator.sendBeacon(banner.dataset.url, body(true));
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    report();
    timer = setInterval(report, EVERY);
  });
})();
