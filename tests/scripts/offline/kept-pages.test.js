import assert from "node:assert/strict";
import {
  addressesOf,
  imagesOf,
  indexed,
  matching,
  withdrawn,
} from "../../../static/portal/offline/kept-pages.js";

const ARTICLES = [
  { url: "/fr/articles/limite/", title: "Limite d’appels dépassée", codes: ["0x80070005"] },
  { url: "/fr/articles/ecran/", title: "Écran noir", codes: [] },
  {
    url: "/fr/articles/inscrit/",
    title: "Poste connu",
    codes: ["0x8007064C"],
    messages: ["L’ordinateur est déjà inscrit"],
  },
];

for (
  const [query, slugs] of [
    ["", ["limite", "ecran", "inscrit"]],
    ["ecran", ["ecran"]],
    ["DEPASSEE limite", ["limite"]],
    ["limite écran", []],
    ["d'appels", ["limite"]],
    ["0X8007", ["limite", "inscrit"]],
    ["-2147023284", ["inscrit"]],
    ["2147944012", ["inscrit"]],
    ["2147023284", ["inscrit"]],
    ["1612", ["inscrit"]],
    ["5", ["limite"]],
    ["99999999999", []],
    ["l'ordinateur est deja inscrit", ["inscrit"]],
    ["absent", []],
  ]
) {
  Deno.test(`search for ${JSON.stringify(query)} without a network`, () => {
    const found = matching(ARTICLES, query).map(({ url }) => url.split("/")[3]);
    assert.deepEqual(found, slugs);
  });
}

Deno.test("an article is kept with its steps", () => {
  assert.deepEqual(addressesOf(ARTICLES.slice(1, 2)), [
    "/fr/articles/ecran/",
    "/fr/articles/ecran/steps.json",
  ]);
});

Deno.test("the portal's own images are kept with an article, each once", () => {
  const html =
    '<img class="a" src="/media/a.png" alt="">\n<img src="/media/a.png"> /media/no.png ' +
    '<img src="https://example.org/media/b.png"><img alt="" src="/media/c.webp">';
  assert.deepEqual([...imagesOf(html)], ["/media/a.png", "/media/c.webp"]);
});

Deno.test("only articles of this language that the index has no longer are withdrawn", () => {
  const addresses = [
    "/fr/",
    "/fr/articles/",
    "/fr/articles/ecran/",
    "/fr/articles/ecran/steps.json",
    "/fr/articles/gone/",
    "/fr/articles/gone/steps.json",
    "/en/articles/gone/",
  ].map((path) => `https://portal.example.org${path}`);
  assert.deepEqual(withdrawn(addresses, "/fr/offline/index.json", ARTICLES), [
    "https://portal.example.org/fr/articles/gone/",
    "https://portal.example.org/fr/articles/gone/steps.json",
  ]);
});

Deno.test("the parts of the index are joined, and causes name their articles by place", async () => {
  const parts = {
    "/index": { articles: [{ url: "/a/", because: ["0x1", "/c/"] }], next: "/index?after=1" },
    "/index?after=1": { articles: [{ url: "/b/" }, { url: "/c/", because: ["/a/"] }] },
  };
  const ask = (address) => Promise.resolve(parts[address]);
  assert.deepEqual(await indexed("/index", ask), [
    { url: "/a/", because: ["0x1", 2] },
    { url: "/b/" },
    { url: "/c/", because: [0] },
  ]);
});

Deno.test("where a part is missing nothing is known", async () => {
  const first = { articles: [{ url: "/a/" }], next: "/index?after=1" };
  assert.equal(await indexed("/index", (address) => (address === "/index" ? first : null)), null);
});

Deno.test("parts of the index that are others now are withdrawn", () => {
  const index = "/fr/offline/index.json";
  const addresses = [index, `${index}?after=1`, `${index}?after=2`].map((path) =>
    `https://portal.example.org${path}`
  );
  assert.deepEqual(withdrawn(addresses, index, [], [index, `${index}?after=2`]), [addresses[1]]);
});
