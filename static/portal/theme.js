// Applies the remembered colours before the first paint, which a module would come after. The admin
// uses the same key and values.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage may be forbidden: the system decides */ }
})();
