// Says how far an import is, until it is over; then the page is its report.
(() => {
  const box = document.getElementById("import-progress");
  if (!box) return;
  const EVERY = 1500;
  const look = async () => {
    try {
      const response = await fetch(box.dataset.url);
      if (response.ok && !response.redirected) {
        const text = await response.text();
        const part = new DOMParser().parseFromString(text, "text/html");
        if (part.querySelector("[data-over]")) return location.reload();
        const section = part.querySelector("section");
        if (section && section.textContent !== box.textContent) box.replaceChildren(section);
      }
    } catch { /* without a connection the next look may do better */ }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
})();
