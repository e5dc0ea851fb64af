// The service worker: what it answers while the network is silent or gone.

import assert from "node:assert/strict";

const NOW = "/static/portal/calls/notes.0123456789ab.js";
const SOURCE = Deno.readTextFileSync("templates/sw.js")
  .replace("{{ version }}", "1")
  .replace("{{ assets|safe }}", JSON.stringify([NOW]));
const HOME = "https://portal.example.org";
const html = (title) => `<html lang="fr"><h1>${title}</h1>`;

// A worker with what it has kept and a network: `network(path)` answers, fails or never ends. Time
// passes at once.
function workerWith(kept, network) {
  const held = new Map(Object.entries(kept).map(([path, body]) => [HOME + path, body]));
  const cache = {
    match: (address) =>
      Promise.resolve(held.has(address) ? new Response(held.get(address)) : undefined),
    put: async (address, answer) => held.set(address, await answer.text()),
    keys: () => Promise.resolve([...held.keys()].map((url) => ({ url }))),
    delete: (key) => held.delete(key.url ?? key),
  };
  const match = (asked) => cache.match(new URL(asked.url ?? asked, HOME).href);
  const caches = {
    match,
    open: () => Promise.resolve(cache),
    keys: () => Promise.resolve(["all"]),
    delete: () => Promise.resolve(held.clear()),
  };
  const listeners = {};
  const self = { addEventListener: (name, listener) => listeners[name] = listener };
  const fetch = async (asked) => {
    const answer = await network(new URL(asked.url ?? asked, HOME).pathname);
    return Object.defineProperty(answer, "type", { value: "basic" });
  };
  const later = (act) => queueMicrotask(() => queueMicrotask(act));
  const code = new Function(
    "self",
    "caches",
    "fetch",
    "setTimeout",
    "location",
    "Response",
    SOURCE,
  );
  code(self, caches, fetch, later, { origin: HOME }, Response);

  async function ask(path, mode = "navigate", method = "GET") {
    let answered = Promise.resolve(null);
    const extended = [];
    listeners.fetch({
      request: { url: HOME + path, mode, method },
      respondWith: (answer) => answered = answer,
      waitUntil: (promise) => extended.push(promise),
    });
    const answer = await answered;
    return { text: await answer?.text(), extended: Promise.all(extended) };
  }
  return { ask, held };
}

const never = () => new Promise(() => {});
const gone = () => Promise.reject(new TypeError("no network"));
const KEPT = {
  "/fr/articles/lu/": html("Lu"),
  "/fr/offline/": html("Hors connexion"),
  "/media/a.png": "picture",
  "/fr/offline/index.json": "{}",
};

for (
  const [network, path, expected] of [
    [gone, "/fr/articles/lu/", /^<html data-kept="" lang="fr"><h1>Lu/],
    [never, "/fr/articles/lu/", /data-kept.*Lu/],
    [gone, "/fr/articles/autre/", /^<html data-missed="" lang="fr"><h1>Hors connexion/],
    [gone, "/media/a.png", /picture/],
    [never, "/media/a.png", /picture/],
    [never, "/fr/offline/index.json", /{}/],
  ]
) {
  Deno.test(`the network is ${network === never ? "silent" : "gone"}: ${path}`, async () => {
    const { text } = await workerWith(KEPT, network).ask(
      path,
      /\.\w+$/.test(path) ? "cors" : undefined,
    );
    assert.match(text, expected);
  });
}

for (
  const [control, isKept] of [["no-cache", true], ["private, no-cache", false], ["no-store", false]]
) {
  Deno.test(`an image with "${control}" is ${isKept ? "" : "not "}kept`, async () => {
    const headers = { "Cache-Control": control };
    const { ask, held } = workerWith({}, () => Promise.resolve(new Response("new", { headers })));
    const { text, extended } = await ask("/media/b.png", "no-cors");
    await extended;
    assert.equal(text, "new");
    assert.equal(held.has(`${HOME}/media/b.png`), isKept);
  });
}

Deno.test("while the network answers nothing that is kept is shown", async () => {
  const { ask } = workerWith(KEPT, () => Promise.resolve(new Response("today")));
  assert.equal((await ask("/fr/articles/lu/")).text, "today");
});

const BEFORE = "/static/portal/calls/notes.ba9876543210.js";
const ELSEWHERE = "/static/portal/notes.ba9876543210.js";
const missing = () => Promise.resolve(new Response("no such file", { status: 404 }));
for (
  const [name, kept, network, expected, before = BEFORE] of [
    ["its own version where that is kept", { [NOW]: "now", [BEFORE]: "before" }, gone, "before"],
    ["this version where the network is gone", { [NOW]: "now" }, gone, "now"],
    ["this version where the portal has the file no longer", { [NOW]: "now" }, missing, "now"],
    ["what the portal says where this version has none", {}, missing, "no such file"],
    ["this version where it stands in another folder", { [NOW]: "now" }, missing, "now", ELSEWHERE],
  ]
) {
  Deno.test(`a page of the version before gets a file of ${name}`, async () => {
    assert.equal((await workerWith(kept, network).ask(before, "cors")).text, expected);
  });
}

for (const path of ["/fr/sign-out/", "/fr/admin/logout/"]) {
  Deno.test(`who signs out leaves nothing that was read: ${path}`, async () => {
    const bye = (asked) => Promise.resolve(new Response(asked === path ? "bye" : "file"));
    const { ask, held } = workerWith(KEPT, bye);
    const { text, extended } = await ask(path, "navigate", "POST");
    await extended;
    assert.equal(text, "bye");
    assert.deepEqual([...held.keys()], [NOW]);
  });

  Deno.test(`without a network nobody is signed out, and is told so: ${path}`, async () => {
    const { ask, held } = workerWith(KEPT, gone);
    const { text, extended } = await ask(path, "navigate", "POST");
    await extended;
    assert.match(text, /^<html data-signed-in="" lang="fr"><h1>Hors connexion/);
    assert.equal(held.size, Object.keys(KEPT).length);
  });
}
