// Keeps pages for later, says when a page is a kept one, and searches what was kept.
"use strict";

(() => {
  const root = document.documentElement;
  const banner = document.querySelector(".kept");
  if (root.dataset.kept !== undefined && banner) {
    const since = new Date(root.dataset.kept);
    const time = banner.querySelector("time");
    if (!Number.isNaN(since.getTime())) {
      time.dateTime = since.toISOString();
      time.textContent = since.toLocaleString(root.lang, { dateStyle: "long", timeStyle: "short" });
    }
  }
  if (!("serviceWorker" in navigator)) return;
  const register = () =>
    navigator.serviceWorker.register("/sw.js").catch(() => {/* online only */});
  addEventListener("load", register);
})();

(() => {
  const box = document.querySelector(".offline-save");
  if (!box) return;
  const button = box.querySelector("[data-save]");
  const bar = box.querySelector("progress");
  const note = box.querySelector("[data-saved]");
  const found = document.querySelector("[data-found]");
  const results = document.querySelector("[data-results]");
  const field = document.getElementById("offline-q");

  // As an anonymous reader, so that nothing meant for staff stays behind.
  async function store(cache, address) {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.status);
    await cache.put(new URL(address, location).href, answer.clone());
    return answer;
  }

  async function save() {
    const cache = await caches.open("pages");
    const { articles } = await (await store(cache, box.dataset.index)).json();
    const kept = new Set(articles.flatMap(({ url }) => [url, `${url}steps.json`]));
    const queue = [...articles];
    let done = 0;
    bar.max = Math.max(articles.length, 1);
    bar.hidden = false;
    const worker = async () => {
      for (let one = queue.shift(); one; one = queue.shift()) {
        await store(cache, one.url);
        await store(cache, `${one.url}steps.json`);
        done += 1;
        bar.value = done;
        note.textContent = box.dataset.done.replace("{done}", done).replace(
          "{total}",
          articles.length,
        );
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    await forget(cache, kept);
  }

  // What was withdrawn since the last time goes.
  async function forget(cache, kept) {
    const folder = box.dataset.index.replace(/offline\/.*/, "articles/");
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url);
      if (pathname.startsWith(folder) && pathname !== folder && !kept.has(pathname)) {
        await cache.delete(url);
      }
    }
  }

  button.addEventListener("click", async () => {
    if (!globalThis.caches) {
      note.textContent = box.dataset.unable;
      return;
    }
    button.disabled = true;
    try {
      await save();
      await search();
    } catch {
      note.textContent = box.dataset.failed;
    }
    button.disabled = false;
  });

  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’ʼ]/g, "'");

  async function search() {
    const kept = await globalThis.caches?.match(new URL(box.dataset.index, location).href);
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    results.replaceChildren();
    results.hidden = true;
    if (!kept) {
      found.textContent = found.dataset.empty;
      return;
    }
    const { articles } = await kept.json();
    const hits = articles.filter((one) => {
      const text = fold(`${one.title} ${one.codes.join(" ")}`);
      return words.every((word) => text.includes(word));
    });
    const counted = hits.length === 1
      ? found.dataset.one
      : found.dataset.many.replace("{number}", hits.length);
    found.textContent = hits.length ? counted : found.dataset.none;
    results.append(...hits.slice(0, 100).map(row));
    results.hidden = !hits.length;
  }

  function row(one) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    item.className = "row";
    link.className = "row-link";
    link.href = one.url;
    link.lang = one.language;
    link.textContent = one.title;
    item.append(
      link,
      ...one.codes.slice(0, 3).map((text) => {
        const code = document.createElement("code");
        code.textContent = text;
        return code;
      }),
    );
    return item;
  }

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", search);
  search();
})();
