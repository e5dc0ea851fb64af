import assert from "node:assert/strict";
import {
  beginningOf,
  changedNames,
  holdsTerm,
  holdsWords,
  isOver,
  keepSpaces,
  lengthOf,
  offersOf,
  placeOf,
  renumber,
  valuesOf,
  wordsOf,
} from "../../../static/portal/admin/editing/texts.js";

const DAY = 24 * 3600 * 1000;

for (
  const [name, draft, over] of [
    ["nothing", null, true],
    ["the one that was saved", { token: "saved", time: 40 * DAY }, true],
    ["thirty days old", { token: "a", time: 10 * DAY }, false],
    ["older", { token: "a", time: 10 * DAY - 1 }, true],
  ]
) {
  Deno.test(`a draft is over: ${name}`, () => {
    assert.equal(isOver(draft, "saved", 40 * DAY), over);
  });
}

for (
  const [one, other, names] of [
    [{ title: ["a "] }, { title: ["a"] }, []],
    [{ title: [""] }, {}, []],
    [{ title: ["a"], cause: ["b"] }, { title: ["a"], cause: ["c"] }, ["cause"]],
    [{ audience: ["public"] }, { audience: ["staff"] }, ["audience"]],
    [{ platforms: ["1", "2"] }, { platforms: ["1"] }, ["platforms"]],
    [{ platforms: ["1"] }, {}, ["platforms"]],
    [{ "text-cause": ["a", ""] }, { "text-cause": ["a", "b"] }, ["text-cause"]],
  ]
) {
  Deno.test(`changed ${JSON.stringify([one, other])}`, () => {
    assert.deepEqual(changedNames(one, other), names);
  });
}

Deno.test("what was typed into a form: everything but what says which form it is", () => {
  const pairs = [
    ["csrfmiddlewaretoken", "x"],
    ["language", "fr"],
    ["has_details", "1"],
    ["draft", "x"],
    ["kept_draft", "x"],
    ["pending", "1"],
    ["base_revision", "3"],
    ["base_pending", "2"],
    ["base_unfinished", "1"],
    ["source_revision", "4"],
    ["initial-audience", "public"],
    ["title", "a\r\nb"],
    ["audience", "staff"],
    ["platforms", "1"],
    ["platforms", "2"],
    ["_save", "1"],
  ];
  assert.deepEqual(valuesOf(pairs), {
    title: ["a\nb"],
    audience: ["staff"],
    platforms: ["1", "2"],
  });
});

Deno.test("a draft was begun from what its form named", () => {
  const fields = { draft: ["f1"], "base_pending": ["2"], "source_revision": ["4"], title: ["a"] };
  assert.deepEqual(beginningOf({ fields }), {
    draft: "f1",
    base_pending: "2",
    source_revision: "4",
  });
});

const kept = (token, title, time, more = {}) => ({
  token,
  time,
  fields: { title: [title], base_revision: ["1"] },
  ...more,
});
for (
  const [name, drafts, offered, over] of [
    ["all that say something else, the newest first", [kept("a", "A", 1), kept("b", "B", 2)], [
      "b",
      "a",
    ], []],
    ["not the page's own", [kept("own", "A", 1)], [], []],
    ["not what the page shows", [kept("a", "shown", 1)], [], []],
    ["not what is stored", [kept("a", "stored", 1), kept("b", "B", 2)], ["b"], ["a"]],
    ["one of both places once", [kept("a", "new", 2), kept("a", "stored", 1)], ["a"], []],
  ]
) {
  Deno.test(`what is offered: ${name}`, () => {
    const found = offersOf(drafts, "own", { title: ["stored"] }, { title: ["shown"] });
    assert.deepEqual(found.offers.map((draft) => draft.token), offered);
    assert.deepEqual(found.over.map((draft) => draft.token), over);
  });
}

Deno.test("what the browser has later of a draft stands for what the server has", () => {
  const there = kept("a", "old", 1, { seen: "then" });
  const { offers: [offer] } = offersOf([kept("a", "new", 2), there], "own", {}, {});
  assert.deepEqual([offer.typed.title, offer.seen], [["new"], "then"]);
});

for (
  const [name, text, numbered] of [
    ["counted on", "1. a\n1. b\n7. c", "1. a\n2. b\n3. c"],
    ["from where the first begins", "3. a\n3. b", "3. a\n4. b"],
    ["anew after a paragraph", "1. a\n\ntext\n\n4. b", "1. a\n\ntext\n\n4. b"],
    ["across what is set in", "1. a\n\n   more\n1. b", "1. a\n\n   more\n2. b"],
    ["width kept", "9.  a\n9.  b", "9.  a\n10. b"],
    ["not in code", "```\n1. a\n1. b\n```", "```\n1. a\n1. b\n```"],
  ]
) {
  Deno.test(`steps: ${name}`, () => assert.equal(renumber(text), numbered));
}

const TEXT = "intro\n# Head\n\n1. one\n> - quoted\n```\n- code\n```\nend";
for (
  const [line, number, since] of [
    [0, 0, 1],
    [1, 1, 0],
    [2, 1, 1],
    [3, 2, 0],
    [4, 3, 0],
    [6, 3, 2],
    [8, 3, 4],
  ]
) {
  Deno.test(`the place of line ${line}`, () => {
    assert.deepEqual(placeOf(TEXT, line), { number, since });
  });
}

for (
  const [phrase, text, holds] of [
    ["access point", "Two Access  Points here", true],
    ["point", "pointless", false],
    ["point", "endpoint", false],
    ["portal", "see [this](/portal/)", false],
    ["Teams", "teams", false],
    ["Teams", "Open Teams.", true],
    ["l'écran", "de l’écran noir", true],
    ["error (5)", "the error (5)", true],
    ["portal", "see [this](https://a.example/portal)", false],
    ["portal", "https://a.example/portal", false],
  ]
) {
  Deno.test(`${phrase} in ${text}`, () => assert.equal(holdsTerm(phrase, text), holds));
}

for (
  const [words, text, holds] of [["A  b", "x a B y", true], ["ab", "a b", false]]
) {
  Deno.test(`the words ${words} in ${text}`, () => assert.equal(holdsWords(words, text), holds));
}

// "_" stands for a no-break space.
for (
  const [name, before, read, kept] of [
    ["nothing was typed", "Erreur_: «_code_»", "Erreur : « code »", "Erreur_: «_code_»"],
    ["before it", "Erreur_: x_!", "Une Erreur : x !", "Une Erreur_: x_!"],
    ["after it", "Erreur_: x", "Erreur : x y", "Erreur_: x y"],
    ["between two", "a_: b c_!", "a : b d c !", "a_: b d c_!"],
    ["over lines", "a_:\nb_!", "a :\nnew\nb !", "a_:\nnew\nb_!"],
    ["a word goes", "a_: b c_!", "a : c !", "a_: c_!"],
    ["the space itself goes", "a_: b", "a: b", "a: b"],
    ["plain spaces stay plain", "a b", "a b c", "a b c"],
    ["a line is divided", "a_: b_!", "a : \nb !", "a_: \nb_!"],
    ["everything goes", "a_:", "", ""],
    ["narrow ones too", "a\u202f:", "a\u202f: b", "a\u202f: b"],
  ]
) {
  Deno.test(`no-break spaces stay: ${name}`, () => {
    const real = (text) => text.replaceAll("_", "\u00a0");
    assert.equal(keepSpaces(real(before), read), real(kept));
  });
}

for (
  const [name, values, words, length] of [
    ["nothing", { kind: ["error"] }, "", 0],
    ["a title", { title: ["Écran noir"], problem: ["Rien."] }, "Écran noir", 15],
    ["no title", { title: [" "], cause: ["Un\n câble."] }, "Un câble.", 11],
    ["rows", { "text-problem": ["Un", "", "Deux"] }, "Un Deux", 8],
    ["long", { problem: ["m".repeat(90)] }, `${"m".repeat(80)}…`, 90],
    ["beyond the first plane", { title: ["😀"] }, "😀", 1],
  ]
) {
  Deno.test(`a kept text is told from others: ${name}`, () => {
    assert.equal(wordsOf(values), words);
    assert.equal(lengthOf(values), length);
  });
}
