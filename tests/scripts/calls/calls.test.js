import assert from "node:assert/strict";

import { FRESH, isFresh, latest } from "../../../static/portal/calls/calls.js";

const NOW = Date.parse("2026-11-27T10:00:00Z");
const ago = (minutes, noted = false) => ({
  time: new Date(NOW - minutes * 60000).toISOString(),
  noted,
});

const CASES = [
  ["just touched", ago(0), true],
  [
    "a second before its time",
    { ...ago(0), time: new Date(NOW - FRESH + 1000).toISOString() },
    true,
  ],
  ["at its time", ago(30), false],
  ["by a clock that was a minute ahead", ago(-1), true],
  ["by a clock that was a day ahead", ago(-24 * 60), false],
  ["a week old", ago(7 * 24 * 60), false],
  ["its ticket was copied", ago(1, true), false],
  ["unknown", undefined, false],
  ["without a time that can be read", { time: "soon", noted: false }, false],
];

for (const [name, call, fresh] of CASES) {
  Deno.test(`a call ${name} is ${fresh ? "" : "not "}fresh`, () => {
    assert.equal(isFresh(call, NOW), fresh);
  });
}

Deno.test("a new tab takes the latest of the fresh calls, or none", () => {
  assert.equal(latest({ a: ago(20), b: ago(3), c: ago(1, true), d: ago(50) }, NOW), "b");
  assert.equal(latest({ d: ago(50) }, NOW), undefined);
  assert.equal(latest({}, NOW), undefined);
});
