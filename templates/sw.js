// Keeps pages for when the network is gone. While it is there, every page comes from it.
"use strict";

const SHELL = "shell-{{ version }}";
const PAGES = "public-pages";
const ASSETS = {{ assets|safe }};
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const SIGN_OUT = /^\/[a-z-]+\/(sign-out|admin\/logout)\/$/;
const ADMINISTRATION = /^\/[a-z-]+\/admin\//;
const KEPT = 300;
const PATIENCE = 3000; // how long a network may stay silent before a kept copy answers

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

// As nobody in particular, for what is kept here outlives the session. A portal that asks everyone
// to sign in redirects: then the page is not kept.
async function fill() {
  const cache = await caches.open(SHELL);
  await Promise.all(ASSETS.map(async (address) => {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (mayKeep(answer)) await cache.put(address, answer);
  }));
}

// Without a network nobody is signed out, and has to know it. What is kept stays: all of it is public,
// and could not be fetched again.
async function signOut(event, request) {
  try {
    const answer = await fetch(request);
    event.waitUntil(forget());
    return answer;
  } catch {
    return offlinePage(request, "data-signed-in");
  }
}

// Who signs out leaves nothing behind but what everyone gets.
async function forget() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await fill();
}

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const others = (await caches.keys()).filter((name) => name !== SHELL && name !== PAGES);
    const before = others.filter((name) => name.startsWith("shell-")).at(-1);
    for (const name of others) await (name === before ? leaveFiles(name) : caches.delete(name));
    await self.clients.claim();
    const open = await self.clients.matchAll({ type: "window" });
    await Promise.all(open.map(keepOpen));
  })());
});

// A page that was open during an upgrade still asks for files of its own version.
async function leaveFiles(name) {
  const cache = await caches.open(name);
  for (const key of await cache.keys()) {
    if (!HASHED.test(key.url)) await cache.delete(key);
  }
}

// The first page of a visit came before there was a worker to keep it.
async function keepOpen({ url }) {
  if (ADMINISTRATION.test(new URL(url).pathname)) return;
  const answer = await fetch(url).catch(() => null);
  if (answer && mayKeep(answer)) await keep({ url }, answer);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.method === "POST" && SIGN_OUT.test(address.pathname)) {
    event.respondWith(signOut(event, request));
  } else if (ADMINISTRATION.test(address.pathname)) {
    return;
  } else if (address.pathname.startsWith("/static/")) {
    if (request.method === "GET") event.respondWith(asset(request));
  } else if (request.mode === "navigate" && request.method === "GET") {
    // A posted text is never kept and never put into an address: the browser alone handles it.
    event.respondWith(page(event, request));
  } else if (request.method === "GET" && /^\/media\/|\.json$/.test(address.pathname)) {
    event.respondWith(data(event, request));
  }
});

// A name with a hash never changes its content; any other is asked for again.
async function asset(request) {
  const kept = await caches.match(request);
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    const answer = await fetch(request);
    if (!answer.ok) return await successor(request) ?? answer;
    await (await caches.open(SHELL)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = kept ?? await successor(request);
    if (found) return found;
    throw error;
  }
}

// A file of an earlier version, which a kept page names: the same file of this one, be it in another
// folder since.
const bare = (path) => path.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");
const lastOf = (path) => path.slice(path.lastIndexOf("/"));
async function successor({ url }) {
  const path = bare(new URL(url).pathname);
  const address = ASSETS.find((one) => bare(one) === path)
    ?? ASSETS.find((one) => lastOf(bare(one)) === lastOf(path));
  return address && await caches.match(address);
}

// Pages made for one person are nobody else's to read from this browser.
const mayKeep = (answer) => answer.ok && !answer.redirected && answer.type === "basic"
  && !/private|no-store/.test(answer.headers.get("Cache-Control") ?? "");

async function keep(request, answer) {
  const cache = await caches.open(PAGES);
  await cache.put(plain(request), answer);
  const keys = await cache.keys();
  const visited = keys.filter((key) => !/\/articles\/[^/]+\/|\/media\/|\/offline\//.test(key.url));
  await Promise.all(visited.slice(0, -KEPT).map((key) => cache.delete(key)));
}

const plain = (request) => request.url.split("#")[0];

// The answer of the network; what may be kept of it is, however late it comes.
function ask(event, request) {
  const answered = fetch(request);
  const kept = answered.then((answer) => mayKeep(answer) && keep(request, answer.clone()));
  event.waitUntil(kept.catch(() => {}));
  return answered;
}

const soon = (answered) =>
  Promise.race([answered, new Promise((_, give) => setTimeout(give, PATIENCE))]);

async function data(event, request) {
  const answered = ask(event, request);
  const kept = await caches.match(plain(request));
  if (!kept) return answered;
  return soon(answered).catch(() => kept);
}

async function page(event, request) {
  const answered = ask(event, request);
  const kept = await caches.match(plain(request));
  return (kept ? soon(answered) : answered).catch(() => fromCache(request));
}

async function fromCache(request) {
  const address = new URL(request.url);
  const kept = await caches.match(plain(request));
  if (kept) return marked(kept);
  const asked = address.searchParams.get("q");
  const offline = offlineAddress(request);
  if (asked && address.pathname !== offline) {
    return Response.redirect(`${offline}?q=${encodeURIComponent(asked.slice(0, 200))}`, 303);
  }
  return offlinePage(request, "data-missed");
}

const offlineAddress = ({ url }) => `/${new URL(url).pathname.split("/")[1]}/offline/`;

// The page in the place of another; the mark says why.
async function offlinePage(request, mark) {
  const page = await caches.match(offlineAddress(request));
  return page ? marked(page, mark) : Response.error();
}

// The page says itself that it is a kept one, and since when, or that another was asked for.
async function marked(kept, mark = "data-kept") {
  const since = (kept.headers.get("Date") ?? "").replace(/[^\w:, +-]/g, "");
  const html = (await kept.text()).replace("<html ", `<html ${mark}="${since}" `);
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(html, { status: 200, headers });
}
