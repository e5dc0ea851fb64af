// Applies the remembered colours before the first paint, which a module would come after. The admin
// uses the same key and values.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const carried = document.cookie.match(/(?:^|; )theme=(light|dark)(?:;|$)/)?.[1];
    if (carried) localStorage.setItem("theme", carried); // over a sign-out, which empties storage
    if (carried) document.cookie = "theme=; path=/; Max-Age=0";
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage may be forbidden: the system decides */ }
})();
