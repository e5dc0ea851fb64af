// The worker beside the page: what it tells of the files it was given.

import assert from "node:assert/strict";

const told = [];
globalThis.onmessage = null;
globalThis.postMessage = (message) => told.push(message);
await import("../../../static/portal/logs/log-worker.js");
const receive = globalThis.onmessage;
globalThis.onmessage = null;

const ARTICLES = [{ codes: ["0x8007064C"], messages: ["Company Portal Temporarily Unavailable"] }];
const WORDS = { stems: ["error", "fail"], whole: ["code"] };

// What the worker tells while it reads files, and in the end.
async function read(files, articles = ARTICLES) {
  told.length = 0;
  receive({ data: { files, articles, words: WORDS } });
  const end = Date.now() + 20_000;
  const isOver = (message) => message.result || message.failed;
  while (!told.some(isOver) && Date.now() < end) await new Promise((next) => setTimeout(next, 5));
  return { progress: told.filter((message) => !isOver(message)), ...told.find(isOver) };
}

const file = (name, ...parts) => new File(parts, name);
const packed = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).bytes();
const line = (code = "0x8007064C", clock = "10:00:00") => `${clock} failed with ${code}\n`;

Deno.test("events name their file, and the time of their line or of one before", async () => {
  const { result } = await read([
    file("a.log", line(), "Company Portal Temporarily Unavailable\n"),
    file("b.log", "Company Portal Temporarily Unavailable\n", line("0x8007064C", "11:30:00")),
  ]);
  assert.deepEqual(result.sources, ["a.log", "b.log"]);
  assert.deepEqual(
    result.events.map((one) => [
      result.entries[one.entry].text,
      one.file,
      one.line,
      one.time?.written ?? null,
    ]),
    [
      ["0x8007064C", 0, 1, "10:00:00"],
      ["Company Portal Temporarily Unavailable", 0, 2, "10:00:00"],
      ["Company Portal Temporarily Unavailable", 1, 1, null],
      ["0x8007064C", 1, 2, "11:30:00"],
    ],
  );
  assert.ok(result.events.every((one) => !("whole" in one)), "the excerpt alone is told");
  assert.equal(result.files, 2);
  assert.equal(result.isCut, false);
});

Deno.test("progress is told in bytes of what was unpacked, and each file when it is read", async () => {
  const text = line().repeat(10);
  const small = file("a.log.gz", await packed(text));
  const { progress, result } = await read([small, file("b.log", line())]);
  const sizes = [small.size, line().length];
  assert.deepEqual(progress.flatMap((one) => one.done ?? []), sizes);
  assert.equal(progress.findLast((one) => one.read).read, text.length + line().length);
  assert.equal(result.bytes, text.length + line().length);
});

Deno.test("of one thing in a file 500 are shown, and the rest of it is left out", async () => {
  const two = "Company Portal Temporarily Unavailable\n";
  const { result } = await read([
    file("a.log", line().repeat(500)),
    file("b.log", line().repeat(501), two),
  ]);
  const kept = (name) => result.events.filter((one) => result.sources[one.file] === name).length;
  assert.equal(kept("a.log"), 500);
  assert.equal(kept("b.log"), 501);
  assert.equal(result.isCut, true);
  assert.equal((await read([file("a.log", line().repeat(500))])).result.isCut, false);
});

Deno.test("of all things together 20,000 are shown", async () => {
  const codes = Array.from({ length: 41 }, (_, number) => `0x8007${1000 + number}`);
  const all = codes.map((code) => line(code).repeat(500)).join("");
  const { result } = await read([file("a.log", all)]);
  assert.equal(result.events.length, 20_000);
  assert.equal(result.isCut, true);
});

Deno.test("a file that cannot be read is named with the reason, and the others are read", async () => {
  const broken = (await packed(line().repeat(50))).slice(0, 30);
  const { result, progress } = await read([
    file("a.pdf", "%PDF-1.7"),
    file("b.log.gz", broken),
    file("c.log", line()),
    file("empty.log", ""),
  ]);
  assert.deepEqual(result.problems, [
    { name: "a.pdf", reason: "document" },
    { name: "b.log.gz", reason: "damaged" },
  ]);
  assert.equal(result.events.length, 1);
  assert.equal(result.files, 2, "one without a word is read, too");
  assert.equal(progress.filter((one) => "done" in one).length, 4);
});

// Says of itself that each piece is much longer than it is.
const vast = (length) => ({
  name: "vast.log",
  size: 3,
  slice: () => new Blob(["abc"]),
  stream: () =>
    ReadableStream.from([1, 2, 3].map(() => {
      const bytes = new TextEncoder().encode(line() + "\n".repeat(2 ** 20));
      return Object.defineProperty(bytes, "length", { value: length });
    })),
});

Deno.test("what unpacks to more than a gigabyte is read up to there", async () => {
  const { result } = await read([vast(2 ** 29)]);
  assert.deepEqual(result.problems, [{ name: "vast.log", reason: "large" }]);
  assert.equal(result.files, 1);
  assert.equal(result.events.length, 2, "two halves of it");
});

Deno.test("a base that cannot be read is told, or the page would wait for good", async () => {
  assert.equal((await read([file("a.log", line())], null)).failed, true);
});
