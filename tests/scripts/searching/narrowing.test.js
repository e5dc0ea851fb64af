import assert from "node:assert/strict";
import { holds } from "../../../static/portal/searching/narrowing.js";

const NAME = "Résoudre les problèmes d’inscription d’appareils";

for (
  const [typed, does] of [
    ["", true],
    ["  ", true],
    ["inscription", true],
    ["INSCRIPTION", true],
    ["probleme", true],
    ["problème", true],
    ["appareils résoudre", true],
    ["appareils facture", false],
    ["insription", false],
    [".*", false],
  ]
) {
  Deno.test(`${JSON.stringify(typed)} in a name`, () => assert.equal(holds(NAME, typed), does));
}
