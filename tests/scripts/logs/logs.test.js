import assert from "node:assert/strict";
import { dictionaryOf, folded, writtenForms } from "../../../static/portal/logs/log-dictionary.js";
import { contents, encodingOf, pieces } from "../../../static/portal/logs/log-files.js";
import { scanner, timeOf } from "../../../static/portal/logs/log-scan.js";
import {
  counted,
  following,
  ordered,
  ranked,
  stepFor,
  timeline,
} from "../../../static/portal/logs/log-timeline.js";

const ARTICLES = [
  { codes: ["0x8007064C"], messages: ["L’ordinateur est déjà inscrit"] },
  { codes: ["0x80CF0437", "0xAB2"], messages: ["Company Portal Temporarily Unavailable"] },
  { codes: ["DeviceCapReached", "AADSTS50076", "HTTP 403"], messages: ["Unhealthy"] },
];
const WORDS = {
  stems: ["error", "fail", "erreur", "échec"],
  whole: ["code", "status", "hr", "return", "result"],
};
const BASE = dictionaryOf(ARTICLES);

function foundIn(text, size = text.length) {
  const found = [];
  const { scan } = scanner(BASE, WORDS, (one) => found.push(one));
  for (let at = 0; at < text.length; at += size) scan(text.slice(at, at + size));
  return found;
}

const names = (found) =>
  found.map(({ entry, unknown }) => unknown ? `?${unknown}` : BASE.entries[entry].text);

for (
  const [line, expected] of [
    ["Enrollment failed with 0x8007064c.", ["0x8007064C"]],
    ["code -2147023284 while joining", ["0x8007064C"]],
    ["result=2147944012;", ["0x8007064C"]],
    ["id 2147023284", []], // without its minus it is any number
    ["msiexec return value 1612", ["0x8007064C"]],
    ["error 1612", ["0x8007064C"]],
    ["Fehlerhafter error code: 1612", ["0x8007064C"]],
    ["1612 packages were read", []],
    ["took 1612 ms", []],
    ["*FAILED* [80cf0437]", ["0x80CF0437"]],
    ["guid 80cf0437-1111-2222", []],
    ["error 2738 in installer", ["0xAB2"]],
    ["pid 2738", []],
    ["DeviceCapReached", ["DeviceCapReached"]],
    ["devicecapreached", []], // any word in lower case
    ['{"code":"DeviceCapReached","n":1}', ["DeviceCapReached"]],
    ["NotDeviceCapReachedYet", []],
    ["AADSTS50076: due to a change", ["AADSTS50076"]],
    ["GET /x HTTP 403", ["HTTP 403"]],
    ["GET /x HTTP/403", ["HTTP 403"]],
    ["says company portal temporarily unavailable, then", [
      "Company Portal Temporarily Unavailable",
    ]],
    ["COMPANY  PORTAL\tTEMPORARILY UNAVAILABLE", ["Company Portal Temporarily Unavailable"]],
    ["company portal temporarily", []],
    ["l'ordinateur est deja inscrit", ["L’ordinateur est déjà inscrit"]],
    ["« L’ordinateur est déjà inscrit »", ["L’ordinateur est déjà inscrit"]],
    ["hr = 0x80180014", ["?0x80180014"]],
    ["Échec de l’inscription : 0x80180014", ["?0x80180014"]],
    ["handle 0x80180014 opened", []],
    ["error 0x00000000", []],
    ["\\u0000 ���  \n\n  ", []],
  ]
) {
  Deno.test(`in a log: ${line}`, () => assert.deepEqual(names(foundIn(line)), expected));
}

Deno.test("lines are counted through pieces, and the words that say it are marked", () => {
  const text =
    "one\r\ntwo\nfailed: 0x80CF0437\n\nsays Company Portal Temporarily Unavailable now\n";
  const found = [];
  const { scan } = scanner(BASE, WORDS, (one) => found.push(one));
  text.split(/(?<=\n)/).forEach(scan);
  assert.deepEqual(
    found.map(({ line, text: shown, start, end }) => [line, shown.slice(start, end)]),
    [[3, "0x80CF0437"], [5, "Company Portal Temporarily Unavailable"]],
  );
});

Deno.test("of a long line the part around the code is kept", () => {
  const [{ text, start, end }] = foundIn(
    `${"x ".repeat(5000)}error 0x80CF0437${" y".repeat(5000)}`,
  );
  assert.ok(text.length <= 400);
  assert.equal(text.slice(start, end), "0x80CF0437");
});

Deno.test("a code of 32 bits has three forms of its own, a small one none", () => {
  assert.deepEqual(writtenForms("0x8007064C").plain, ["0x8007064C", "2147944012", "2147023284"]);
  assert.deepEqual(writtenForms("0xAB2").announced, ["2738", "0x00000AB2"]);
  assert.deepEqual(writtenForms("504"), { plain: [], announced: ["504"] });
  assert.deepEqual(writtenForms("Name"), { plain: ["Name"], announced: [] });
});

Deno.test("words are compared without accents and marks", () => {
  assert.equal(folded("« L’Échec : d_1 »"), " l echec d_1 ");
});

for (
  const [line, written, at] of [
    ["2024-05-31 10:00:05.250 ERROR x", "10:00:05.250", Date.UTC(2024, 4, 31, 10, 0, 5, 250)],
    ["2024-05-31T10:00:05Z x", "10:00:05", Date.UTC(2024, 4, 31, 10, 0, 5)],
    ["31/05/2024 10:00:05 x", "10:00:05", Date.UTC(2024, 4, 31, 10, 0, 5)],
    ["5/31/2024, 1:00:05 PM x", "1:00:05", Date.UTC(2024, 4, 31, 13, 0, 5)],
    [
      '<time="10:00:05.250+000" date="05-31-2024">',
      "10:00:05.250",
      Date.UTC(2024, 4, 31, 10, 0, 5, 250),
    ],
    ["05-31 10:00:05.250  1234 E Tag", "10:00:05.250", Date.UTC(2000, 4, 31, 10, 0, 5, 250)],
    ["May 31 10:00:05 phone mdmd", "10:00:05", Date.UTC(2000, 4, 31, 10, 0, 5)],
    ["MSI (s) (A8:EC) [10:00:05:250]: x", "10:00:05", Date.UTC(2000, 0, 1, 10, 0, 5, 250)],
  ]
) {
  Deno.test(`the time of ${line}`, () => {
    assert.equal(timeOf(line).written, written);
    assert.equal(timeOf(line).at, at);
  });
}

Deno.test("a line without a time has none", () => assert.equal(timeOf("ratio 10:20 of it"), null));

const event = (entry, file, line, at) => ({ entry, file, line, time: at && { at, dated: true } });

Deno.test("events are in the order of their times where all have one", () => {
  const events = [event(0, 0, 5, 30), event(1, 1, 1, 10), event(2, 0, 2, 20)];
  assert.deepEqual(ordered(events).map(({ entry }) => entry), [1, 2, 0]);
  const untimed = [...events, event(3, 1, 9)];
  assert.deepEqual(ordered(untimed).map(({ entry }) => entry), [2, 0, 1, 3]);
});

Deno.test("what repeats is one entry; the article that speaks of most comes first", () => {
  const events = [event(0, 0, 1), event(0, 0, 2), event(1, 0, 3), event(0, 0, 4)];
  const groups = timeline([...events, { unknown: "0x80180014", file: 0, line: 5 }]);
  assert.deepEqual(groups.map(({ count }) => count), [2, 1, 1, 1]);
  const entries = [{ articles: [7] }, { articles: [8, 7] }];
  const list = ranked(groups, { entries });
  assert.deepEqual(list.map(({ article, keys }) => [article, keys.size]), [[7, 2], [8, 1]]);
  assert.deepEqual(counted(groups), { all: 3, unknown: 1 });
});

// Of five codes A to E, each with an article of its own: what their causes name -> what is first.
for (
  const [said, because, first] of [
    ["nothing", [[], [], [], [], []], []],
    ["a code", [[], ["A"], [], [], []], [["A", "B"]]],
    ["an article", [[], [0], [], [], []], [["A", "B"]]],
    ["a chain and a branch", [[], ["A"], ["B"], ["A"], ["X"]], [["A", "BCD"]]],
    ["two beginnings", [[], ["A"], [], [2], [2]], [["C", "DE"], ["A", "B"]]],
    ["a circle", [["B"], ["A"], [], [], []], []],
    ["itself", [["A"], [1], [], [], []], []],
    ["two causes of one", [[], [], ["A", 1], [], []], [["A", "C"], ["B", "C"]]],
  ]
) {
  Deno.test(`causes name ${said}`, () => {
    const articles = because.map((one) => ({ because: one }));
    // An article that names another's code in its cause cites it too.
    const entries = ["A", "B", "C", "D", "E"].map((text, number) => ({
      kind: "code",
      text,
      articles: [number, ...because.flatMap((one, at) => one.includes(text) && at || [])],
    }));
    const groups = timeline(entries.map((_, entry) => event(entry, 0, entry)));
    const found = following([...groups, { key: "0x80180014" }], entries, articles);
    assert.deepEqual(
      found.first.map(({ key, followers }) => [
        entries[key].text,
        [...followers].map((one) => entries[one].text).sort().join(""),
      ]),
      first,
    );
  });
}

Deno.test("the step that cites a code comes before the first step", () => {
  const article = { first: "resolution-1-step-1", steps: { A: "resolution-2-step-3" } };
  assert.equal(stepFor(article, { text: "A" }), "resolution-2-step-3");
  assert.equal(stepFor(article, { text: "B" }), "resolution-1-step-1");
  assert.equal(stepFor({}, { text: "A" }), "");
});

const bytes = (...parts) => new Uint8Array(parts.flat());

for (
  const [name, sample, expected] of [
    ["UTF-8", new TextEncoder().encode("échec"), "utf-8"],
    ["Windows' western code page", bytes(0xe9, 0x63, 0x68, 0x65, 0x63), "windows-1252"],
    ["UTF-16 with a mark", bytes(0xff, 0xfe, 0x61, 0), "utf-16le"],
    ["UTF-16 without", bytes(0x61, 0, 0x62, 0, 0x63, 0), "utf-16le"],
    ["UTF-16, the other end first", bytes(0, 0x61, 0, 0x62), "utf-16be"],
    ["a letter cut at the end", bytes(0x61, 0xc3), "utf-8"],
  ]
) {
  Deno.test(`encoding: ${name}`, () => assert.equal(encodingOf(sample), expected));
}

Deno.test("what is no text is refused", () => {
  assert.throws(() => encodingOf(bytes(1, 0, 0, 0, 5, 0, 0, 0, 0, 9)), { reason: "binary" });
  const packed = Uint8Array.from({ length: 4096 }, (_, place) => (place * 197 + 91) % 255 + 1);
  assert.throws(() => encodingOf(packed), { reason: "binary" });
  assert.equal(encodingOf(new TextEncoder().encode("\x1b[31merror\x1b[0m\f\tx\r\n")), "utf-8");
});

async function read(file) {
  const read = [];
  for await (const { name, stream, reason } of contents(file)) {
    let text = "";
    if (stream) { for await (const piece of pieces(stream)) text += piece.text; }
    read.push([name, reason ?? text]);
  }
  return read;
}

const gzipped = async (text) =>
  new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip")))
      .arrayBuffer(),
  );

Deno.test("plain and packed files, and what is none of them", async () => {
  assert.deepEqual(await read(new File(["a\nb"], "a.log")), [["a.log", "a\nb"]]);
  assert.deepEqual(await read(new File([], "empty.log")), [["empty.log", ""]]);
  assert.deepEqual(await read(new File([await gzipped("a")], "a.gz")), [["a.gz", "a"]]);
  assert.deepEqual(await read(new File(["ElfFile\0xx"], "a.evtx")), [["a.evtx", "evtx"]]);
  assert.deepEqual(await read(new File(["%PDF-1.7"], "a.pdf")), [["a.pdf", "document"]]);
  const cut = (await gzipped("word ".repeat(9999))).subarray(0, 40);
  await assert.rejects(read(new File([cut], "cut.gz")));
  assert.deepEqual(await read(new File(["PK\x03\x04 no more"], "a.zip")), [["a.zip", "damaged"]]);
  assert.deepEqual(await read(new File(["MSCF\0\0\0\0 no"], "a.cab")), [["a.cab", "damaged"]]);
});

// A zip of one stored file, said to be `said` bytes long.
function stored(name, content, said = content.length) {
  const named = new TextEncoder().encode(name);
  const head = (signature, length) => {
    const view = new DataView(new ArrayBuffer(length));
    view.setUint32(0, signature, true);
    return view;
  };
  const local = head(0x04034b50, 30);
  local.setUint16(26, named.length, true);
  const entry = head(0x02014b50, 46);
  entry.setUint32(20, content.length, true);
  entry.setUint32(24, said, true);
  entry.setUint16(28, named.length, true);
  const end = head(0x06054b50, 22);
  end.setUint32(12, 46 + named.length, true);
  end.setUint32(16, 30 + named.length + content.length, true);
  return new Blob([local, named, content, entry, named, end]);
}

Deno.test("an archive within one is measured, not believed, and a bad one leaves the others", async () => {
  const large = new Uint8Array(64 * 2 ** 20 + 1);
  const file = new File([stored("inner.zip", large, 9)], "a.zip");
  assert.deepEqual(await read(file), [["a.zip › inner.zip", "nested"]]);
  const bad = new File([stored("bad.cab", new TextEncoder().encode("MSCF no cabinet"))], "b.zip");
  assert.deepEqual(await read(bad), [["b.zip › bad.cab", "damaged"]]);
});

Deno.test("pieces end with a line, whatever the stream hands over", async () => {
  const text = `${"word ".repeat(30)}\n`.repeat(50);
  const parts = [];
  for await (const piece of pieces(new Blob([text]).stream(), 100)) parts.push(piece);
  assert.equal(parts.map((part) => part.text).join(""), text);
  assert.ok(parts.every((part) => part.text.endsWith("\n")));
  assert.equal(parts.reduce((sum, part) => sum + part.read, 0), text.length);
});
