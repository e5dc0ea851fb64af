// The reader's last searches, on the home page. They never leave this browser (search.js keeps
// them). A classic script, not a module: it runs where it stands, before what follows is laid out,
// and nothing moves.
"use strict";

(() => {
  const place = document.querySelector(".last-searches");
  const KEY = "searches";
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
    } catch {
      return []; // nothing kept, or the browser forbids it
    }
  };
  const write = (texts) => {
    try {
      if (texts.length) localStorage.setItem(KEY, JSON.stringify(texts));
      else localStorage.removeItem(KEY);
    } catch { /* forbidden: then there was nothing to remove */ }
  };
  function say(text) {
    const line = document.createElement("p");
    line.textContent = text;
    document.querySelector("[data-searches-said]").replaceChildren(line);
  }
  const list = place.querySelector("[data-list]");
  const model = place.querySelector("template").content.firstElementChild;

  function chip(text) {
    const item = model.cloneNode(true);
    const link = item.querySelector("a");
    link.textContent = text;
    link.title = text;
    link.href = `${place.dataset.search}?${new URLSearchParams({ q: text })}`;
    item.querySelector(".visually-hidden").textContent = `${place.dataset.remove} ${text}`;
    item.querySelector("button").addEventListener("click", () => remove(item, text));
    return item;
  }

  // The focus goes to the next one, so that a keyboard stays where it was.
  function remove(item, text) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    write(read().filter((other) => other !== text));
    item.remove();
    say(place.dataset.removed);
    if (next) next.querySelector("button").focus();
    else close();
  }

  function close() {
    place.hidden = true;
    document.querySelector("form.search-box [name=q]").focus();
  }

  place.querySelector("[data-empty]").addEventListener("click", () => {
    write([]);
    list.replaceChildren();
    say(place.dataset.emptied);
    close();
  });

  // Articles read lately and favourites, as article.js keeps them.
  const own = document.querySelector("[data-own-articles]");
  const ARTICLES = "articles";
  function showArticles() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(ARTICLES)) ?? {};
    } catch { /* nothing kept, or the browser forbids it */ }
    const listed = new Set(); // favourites are not listed twice
    own.querySelectorAll("[data-own]").forEach((section) => {
      const list = Array.isArray(kept[section.dataset.own]) ? kept[section.dataset.own] : [];
      const known = list.filter((one) =>
        /^[\w-]+$/.test(one?.slug) && one.title && !listed.has(one.slug)
      );
      known.forEach(({ slug }) => listed.add(slug));
      section.querySelector("ul").replaceChildren(
        ...known.slice(0, 8).map((one) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          const isShared = known.some(({ slug, title }) =>
            title === one.title && slug !== one.slug
          );
          link.textContent = isShared && one.platforms
            ? `${one.title} (${one.platforms})`
            : one.title;
          link.lang = one.language;
          link.href = own.dataset.article.replace("SLUG", one.slug);
          item.append(link);
          return item;
        }),
      );
      section.hidden = !known.length;
    });
    own.hidden = !own.querySelector("[data-own]:not([hidden])");
  }

  const show = () => {
    const texts = read();
    list.replaceChildren(...texts.map(chip));
    place.hidden = !texts.length;
  };
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    show();
    showArticles();
  });
  show();
  showArticles();
})();
