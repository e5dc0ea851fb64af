// Keeps the whole portal, and searches what was kept.

import { addressesOf, imagesOf, indexed, matching, withdrawn } from "./kept-pages.js";

const ARTICLE = /\/articles\/[^/?]+\/$/;

(() => {
  const box = document.querySelector(".offline-save");
  if (!box) return;
  const button = box.querySelector("[data-save]");
  const bar = box.querySelector("progress");
  const note = box.querySelector("[data-saved]");
  const found = document.querySelector("[data-found]");
  const results = document.querySelector("[data-results]");
  const field = document.getElementById("offline-q");
  let read = null; // of the articles that were opened

  // As an anonymous reader, so that nothing meant for staff stays behind.
  async function store(cache, address) {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.status);
    await cache.put(new URL(address, location).href, answer.clone());
    return answer;
  }

  async function save() {
    const cache = await caches.open("public-pages");
    const parts = [];
    const articles = await indexed(box.dataset.index, async (address) => {
      parts.push(address);
      return (await store(cache, address)).json();
    });
    const queue = [...articles];
    let done = 0;
    bar.max = Math.max(articles.length, 1);
    bar.hidden = false;
    const worker = async () => {
      for (let one = queue.shift(); one; one = queue.shift()) {
        const [page] = await Promise.all(addressesOf([one]).map((each) => store(cache, each)));
        for (const image of imagesOf(await page.text())) await store(cache, image);
        done += 1;
        bar.value = done;
        note.textContent = box.dataset.done.replace("{done}", done).replace(
          "{total}",
          articles.length,
        );
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    await forget(cache, articles, parts);
  }

  // What was withdrawn since the last time goes.
  async function forget(cache, articles, parts) {
    const addresses = (await cache.keys()).map(({ url }) => url);
    await Promise.all(
      withdrawn(addresses, box.dataset.index, articles, parts).map((one) => cache.delete(one)),
    );
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

  // What the pages of articles that were opened say of themselves.
  async function opened() {
    const cache = await globalThis.caches?.open("public-pages");
    const pages = (await cache?.keys() ?? []).filter(({ url }) => ARTICLE.test(url));
    return Promise.all(pages.map(async ({ url }) => {
      const page = new DOMParser().parseFromString(
        await (await cache.match(url)).text(),
        "text/html",
      );
      const texts = (kind) => [...page.querySelectorAll(kind)].map((one) => one.textContent);
      return {
        url: new URL(url).pathname,
        language: page.documentElement.lang,
        title: texts("h1").join(" "),
        codes: texts(".article-head .code-chip"),
        messages: texts(".article-head .message-chip"),
      };
    }));
  }

  function known() {
    return indexed(box.dataset.index, async (address) => {
      const kept = await globalThis.caches?.match(new URL(address, location).href);
      return kept?.json();
    });
  }

  async function search() {
    const saved = await known();
    const articles = saved ?? (read ??= await opened());
    results.replaceChildren();
    results.hidden = true;
    if (!articles.length) {
      found.textContent = found.dataset.empty;
      return;
    }
    const hits = matching(articles, field.value);
    const counted = hits.length === 1
      ? found.dataset.one
      : found.dataset.many.replace("{number}", hits.length);
    found.textContent = hits.length ? counted : found.dataset.none;
    if (!saved) found.append(`${hits.length ? "." : ""} ${found.dataset.opened}`);
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
  // Who came with something to search for reads the answer first.
  if (field.value) box.before(document.querySelector(".offline-search"));
  field.addEventListener("input", search);
  search();
})();
