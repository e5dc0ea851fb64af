import assert from "node:assert/strict";
import * as storage from "../../static/portal/storage.js";

// A store of its own for each test; null stands for a browser that forbids it.
function withStore(kept, run) {
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  const methods = {
    getItem: { value: (key) => kept[key] ?? null },
    setItem: { value: (key, text) => kept[key] = text },
    removeItem: { value: (key) => delete kept[key] },
  };
  const get = () => {
    if (!kept) throw new DOMException("forbidden", "SecurityError");
    return new Proxy(kept, { get: (_, name) => methods[name]?.value ?? kept[name] });
  };
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get });
  try {
    run(kept);
  } finally {
    if (before) Object.defineProperty(globalThis, "localStorage", before);
  }
}

Deno.test("what is kept is read again", () => {
  withStore({}, (kept) => {
    storage.writeJson("a", { b: 1 });
    assert.deepEqual(kept, { a: '{"b":1}' });
    assert.deepEqual(storage.readJson("a"), { b: 1 });
    assert.equal(storage.read("a"), '{"b":1}');
    storage.remove("a");
    assert.deepEqual(kept, {});
  });
});

Deno.test("what is not there or no JSON is null", () => {
  withStore({ bad: "{" }, () => {
    assert.equal(storage.read("absent"), null);
    assert.equal(storage.readJson("absent"), null);
    assert.equal(storage.readJson("bad"), null);
  });
});

Deno.test("only keys with the prefix", () => {
  withStore({ "draft:1": "", "call:draft:": "", "draft:2": "" }, () => {
    assert.deepEqual(storage.keysWith("draft:"), ["draft:1", "draft:2"]);
  });
});

Deno.test("a browser that forbids it stops nobody", () => {
  withStore(null, () => {
    assert.equal(storage.read("a"), null);
    assert.equal(storage.readJson("a"), null);
    storage.write("a", "b");
    storage.writeJson("a", {});
    storage.remove("a");
    assert.deepEqual(storage.keysWith(""), []);
  });
});
