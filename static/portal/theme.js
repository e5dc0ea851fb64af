// Applies the remembered colours before the first paint, which a module would come after. The admin
// uses the same key and values.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    // Carried over a sign-out
    for (const [, name, value] of document.cookie.matchAll(/\b(theme|keys|letters)=(\w+)/g)) {
      localStorage.setItem(name, value);
      document.cookie = `${name}=; path=/; Max-Age=0`;
    }
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage may be forbidden: the system decides */ }
})();
