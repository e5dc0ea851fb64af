// Tells the portal that this form is open, and says who else has it open.
(() => {
  const banner = document.getElementById("presence");
  const address = banner?.dataset.url;
  const form = document.getElementById("article_form");
  if (!address || !form) return;
  const EVERY = 20_000;
  const body = (leaves) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (leaves) data.set("leaves", "1");
    return data;
  };
  const report = async () => {
    try {
      const response = await fetch(address, { method: "POST", body: body(false) });
      if (response.ok && !response.redirected) banner.innerHTML = await response.text();
    } catch { /* without a connection nobody can be told */ }
  };
  report();
  let timer = setInterval(report, EVERY);
  addEventListener("pagehide", () => {
    clearInterval(timer);
    navigator.sendBeacon(address, body(true));
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    report();
    timer = setInterval(report, EVERY);
  });
})();
