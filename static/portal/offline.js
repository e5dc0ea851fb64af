// Keeps pages for later, and says when a page is a kept one.

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
