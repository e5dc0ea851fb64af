// Search in the index of what was kept, and what of it is kept no longer.

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’ʼ]/g, "'");

// A number as the codes that it may be: of 32 bits, with its sign or without, or a Windows error.
function readings(word) {
  if (!/^-?\d{2,10}$/.test(word)) return [];
  const value = Number(word);
  const code = (number) => `0x${number.toString(16).padStart(8, "0")}`;
  if (value < -(2 ** 31) || value >= 2 ** 32) return [];
  return [code(value < 0 ? value + 2 ** 32 : value)]
    .concat(value > 0 && value < 2 ** 16 ? [code(0x80070000 + value)] : [])
    .concat(value > 0 && value < 2 ** 31 ? [code(2 ** 32 - value)] : []);
}

// Every word must be in the title, the codes or the messages, whatever its accents and case.
export function matching(articles, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return articles.filter(({ title, codes, messages = [] }) => {
    const text = fold([title, ...codes, ...messages].join(" "));
    return words.every((word) =>
      text.includes(word) || readings(word).some((code) => text.includes(code))
    );
  });
}

export const addressesOf = (articles) => articles.flatMap(({ url }) => [url, `${url}steps.json`]);

// The addresses of the portal's own images in a page.
export const imagesOf = (html) =>
  new Set([...html.matchAll(/<img [^>]*?src="(\/media\/[^"]+)"/g)].map(([, address]) => address));

// The articles of all parts of the index, the first of which is at the address; `ask` gives what is
// at one, null where there is nothing. What an article's cause names becomes its place among them.
export async function indexed(address, ask) {
  const articles = [];
  for (let next = address; next;) {
    const part = await ask(next);
    if (!part) return null;
    articles.push(...part.articles);
    next = part.next;
  }
  const places = new Map(articles.map(({ url }, place) => [url, place]));
  for (const one of articles) one.because &&= one.because.map((name) => places.get(name) ?? name);
  return articles;
}

// Of the addresses in the cache, those of articles that the index has no longer. Other languages'
// articles, and other pages, are none of its business. So are parts of the index that are not among
// those of `parts`.
export function withdrawn(addresses, index, articles, parts = [index]) {
  const folder = index.replace(/offline\/.*/, "articles/");
  const kept = new Set(addressesOf(articles));
  return addresses.filter((address) => {
    const { pathname, search } = new URL(address);
    if (pathname === index) return !parts.includes(pathname + search);
    return pathname.startsWith(folder) && pathname !== folder && !kept.has(pathname);
  });
}
