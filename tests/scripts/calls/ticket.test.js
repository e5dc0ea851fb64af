import assert from "node:assert/strict";
import { forCaller, FORMS, mailto, ticket } from "../../../static/portal/calls/notes.js";
import {
  empty,
  ended,
  numberOf,
  placeOf,
  resolutionOf,
  sound,
  toggled,
} from "../../../static/portal/calls/ticket.js";

const NOON = "2026-01-02T12:00:00";
const LATER = "2026-01-02T13:30:00";
const DATA = {
  title: "Reset a [phone]",
  url: "https://portal.example.org/en/articles/reset/",
  words: {
    call: "Call",
    colon: ":",
    done: "Done",
    ended: { solved: "Solved", stuck: "Not solved" },
    resolution: "Resolution",
    none: "Nothing was done.",
    revision: "Revision 3",
    solved: "Solved",
    stuck: "Stuck",
  },
  steps: [
    { anchor: "resolution-1-step-1", name: "Step 1", text: "Open *Settings*" },
    {
      anchor: "resolution-1-step-1-1",
      name: "Step 1.1",
      text: "Tap",
      parent: "resolution-1-step-1",
    },
    { anchor: "resolution-1-step-2", name: "Step 2", text: "Restart" },
  ],
};
const [FIRST, , LAST] = DATA.steps.map(({ anchor }) => anchor);
const SOLVED = {
  done: { [LAST]: LATER, [FIRST]: NOON },
  end: { anchor: LAST, how: "solved", time: LATER },
};

for (
  const [anchor, number] of [
    ["resolution-1-step-2", "2"],
    ["resolution-12-step-3-1", "3.1"],
    ["resolution-2-step-3-1-4", "3.1.4"],
  ]
) {
  Deno.test(`the number of ${anchor}`, () => assert.equal(numberOf(anchor), number));
}

for (const kept of [null, 5, "done", [], {}, { done: null }, { done: "step" }]) {
  Deno.test(`${JSON.stringify(kept)} is no state of a call`, () => {
    assert.deepEqual(sound(kept), empty());
  });
}

Deno.test("what was kept of a call is taken as it is", () => {
  assert.deepEqual(sound(SOLVED), SOLVED);
});

Deno.test("a tick is set with its time, and taken back", () => {
  const ticked = toggled({ done: {}, end: null }, FIRST, NOON);
  assert.deepEqual(ticked, { done: { [FIRST]: NOON }, end: null });
  assert.deepEqual(toggled(ticked, FIRST, LATER), { done: {}, end: null });
});

Deno.test("the step that solved it was done then, unless it was done before", () => {
  const end = { anchor: LAST, how: "solved", time: LATER };
  const fresh = ended({ done: {}, end: null }, LAST, "solved", LATER);
  assert.deepEqual(fresh, { done: { [LAST]: LATER }, end });
  const before = ended({ done: { [LAST]: NOON }, end: null }, LAST, "solved", LATER);
  assert.deepEqual(before, { done: { [LAST]: NOON }, end });
});

Deno.test("a step where somebody was stuck was not done", () => {
  assert.deepEqual(ended({ done: {}, end: null }, LAST, "stuck", LATER).done, {});
});

Deno.test("the same end twice takes it back, another replaces it", () => {
  assert.equal(ended(SOLVED, LAST, "solved", LATER).end, null);
  assert.equal(ended(SOLVED, LAST, "stuck", LATER).end.how, "stuck");
  assert.equal(ended(SOLVED, FIRST, "solved", LATER).end.anchor, FIRST);
});

Deno.test("a plain ticket: what was done in the article's order, with times, and the end", () => {
  assert.deepEqual(ticket(DATA, SOLVED, FORMS.plain, "fr").split("\n"), [
    "Reset a [phone]",
    "https://portal.example.org/en/articles/reset/",
    "Revision 3",
    "Call: 2 janvier 2026",
    "",
    "Done:",
    "- 12:00  Step 1: Open *Settings*",
    "- 13:30  Step 2: Restart",
    "",
    "Solved: 13:30 Step 2: Restart",
  ]);
});

Deno.test("a ticket in Markdown: links, ticks, signs escaped", () => {
  const state = { done: { [FIRST]: NOON }, end: { anchor: FIRST, how: "stuck", time: LATER } };
  assert.deepEqual(ticket(DATA, state, FORMS.markdown, "fr").split("\n"), [
    "**[Reset a \\[phone\\]](https://portal.example.org/en/articles/reset/)**  ",
    "Revision 3",
    "Call: 2 janvier 2026",
    "",
    "**Done:**",
    "",
    "- [x] 12:00 Step 1: Open \\*Settings\\*",
    "",
    "**Stuck:** 13:30 Step 1: Open \\*Settings\\*",
  ]);
});

Deno.test("a call that went on after midnight says on which day", () => {
  const state = { done: { [FIRST]: "2026-01-02T23:50:00", [LAST]: "2026-01-03T00:10:00" } };
  const lines = ticket(DATA, { ...state, end: null }, FORMS.plain, "fr").split("\n");
  assert.equal(lines[3], "Call: 2 janvier 2026");
  assert.deepEqual(lines.slice(-2), [
    "- 23:50  Step 1: Open *Settings*",
    "- 3 janvier 2026, 00:10  Step 2: Restart",
  ]);
});

Deno.test("a ticket of nothing says so; an end at a step that is gone is left out", () => {
  const state = { done: {}, end: { anchor: "resolution-9-step-9", how: "solved", time: NOON } };
  assert.deepEqual(ticket(DATA, state, FORMS.plain, "fr").split("\n").slice(-2), [
    "Done:",
    "Nothing was done.",
  ]);
});

// A row of a table of codes: an article without steps.
const ROW = {
  ...DATA,
  steps: [],
  text: { plain: "Restart the computer.\n\nWait.", markdown: "Restart the **computer**." },
  words: { ...DATA.words, codes: "Code: 0x80CF_0440" },
};

Deno.test("an article without steps is noted with its codes and its resolution as it is read", () => {
  const lines = ticket(ROW, { done: {}, end: null }, FORMS.plain, "fr").split("\n");
  assert.deepEqual(lines.slice(2, 4), ["Revision 3", "Code: 0x80CF_0440"]);
  assert.match(lines[4], /^Call: \d/);
  assert.deepEqual(lines.slice(5), ["", "Resolution:", "Restart the computer.", "", "Wait."]);
  const end = { anchor: "", how: "stuck", time: NOON };
  assert.deepEqual(ticket(ROW, { done: {}, end }, FORMS.markdown, "fr").split("\n").slice(1), [
    "Revision 3",
    "Code: 0x80CF\\_0440",
    "Call: 2 janvier 2026",
    "",
    "**Resolution:**",
    "",
    "Restart the **computer**.",
    "",
    "**Not solved:** 12:00",
  ]);
});

Deno.test("where nothing is said of what to do, the note names the article and the end", () => {
  const end = { anchor: "", how: "solved", time: NOON };
  const empty = { ...ROW, text: { plain: "", markdown: "" } };
  assert.deepEqual(ticket(empty, { done: {}, end }, FORMS.plain, "fr").split("\n").slice(4), [
    "Call: 2 janvier 2026",
    "",
    "Solved: 12:00",
  ]);
});

Deno.test("the end of an article as a whole ticks no step", () => {
  const state = ended({ done: {}, end: null }, "", "solved", NOON);
  assert.deepEqual(state, { done: {}, end: { anchor: "", how: "solved", time: NOON } });
  assert.equal(ended(state, "", "solved", LATER).end, null);
});

Deno.test("a caller gets the text of an article without steps", () => {
  assert.equal(forCaller(ROW), `Reset a [phone]\n\nRestart the computer.\n\nWait.\n\n${ROW.url}`);
});

Deno.test("a call without an end has a ticket of its steps", () => {
  const lines = ticket(DATA, { ...SOLVED, end: null }, FORMS.plain, "fr").split("\n");
  assert.equal(lines.at(-1), "- 13:30  Step 2: Restart");
});

Deno.test("a caller gets every step, steps within steps set in, and the address", () => {
  assert.deepEqual(forCaller(DATA).split("\n"), [
    "Reset a [phone]",
    "",
    "Step 1: Open *Settings*",
    "   Step 1.1: Tap",
    "Step 2: Restart",
    "",
    "https://portal.example.org/en/articles/reset/",
  ]);
});

Deno.test("a mail holds the steps, and always the address, within what programs take", () => {
  const short = mailto("A & b", "Title\n\n1: é?\n\nhttps://x/");
  assert.equal(
    short,
    "mailto:?subject=A%20%26%20b&body=Title%0D%0A%0D%0A1%3A%20%C3%A9%3F%0D%0A%0D%0Ahttps%3A%2F%2Fx%2F",
  );
  for (const line of ["step by step by step", "é".repeat(99), "x".repeat(3000)]) {
    const long = mailto("T", ["Title", ...Array(60).fill(line), "https://x/"].join("\n"));
    assert.ok(long.length <= 1900);
    const body = decodeURIComponent(long.split("&body=")[1]).split("\r\n");
    assert.deepEqual([body[0], ...body.slice(-2)], ["Title", "…", "https://x/"]);
  }
});

Deno.test("an anchor says where a step stands", () => {
  assert.equal(numberOf("resolution-2-step-3-1"), "3.1");
  assert.equal(resolutionOf("resolution-2-step-3-1"), "resolution-2");
  assert.equal(resolutionOf("resolution-2"), "resolution-2");
  assert.deepEqual(placeOf("resolution-12-step-3-1"), { resolution: "12", step: "3" });
  for (const anchor of ["resolution-2", "problem", ""]) assert.equal(placeOf(anchor), null);
});
