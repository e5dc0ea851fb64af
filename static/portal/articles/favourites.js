// Articles read lately, and kept as favourites: in this browser alone, listed on the home page.

import { KEYS, readJson, writeJson } from "../storage.js";

const button = document.querySelector("[data-favourite]");
const article = {
  slug: document.querySelector("[data-article]").dataset.article,
  title: button.dataset.title,
  platforms: button.dataset.platforms,
  language: document.documentElement.lang,
};
const listed = (kept) => Array.isArray(kept) ? kept.filter((one) => one?.slug) : [];
const own = () => {
  const kept = readJson(KEYS.articles);
  return { favourites: listed(kept?.favourites), recent: listed(kept?.recent) };
};
const others = (list) => list.filter(({ slug }) => slug !== article.slug);

function show() {
  const isKept = own().favourites.some(({ slug }) => slug === article.slug);
  button.setAttribute("aria-pressed", String(isKept));
  return isKept;
}

button.addEventListener("click", () => {
  const kept = own();
  const rest = others(kept.favourites);
  const favourites = show() ? rest : [article, ...rest].slice(0, 50);
  writeJson(KEYS.articles, { ...kept, favourites });
  show();
});

const kept = own();
writeJson(KEYS.articles, { ...kept, recent: [article, ...others(kept.recent)].slice(0, 6) });
show();
