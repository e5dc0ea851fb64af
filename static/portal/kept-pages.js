// Search in the index of what was kept, and what of it is kept no longer.

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’ʼ]/g, "'");

// Every word must be in the title or the codes, whatever its accents and case.
export function matching(articles, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return articles.filter((one) => {
    const text = fold(`${one.title} ${one.codes.join(" ")}`);
    return words.every((word) => text.includes(word));
  });
}

export const addressesOf = (articles) => articles.flatMap(({ url }) => [url, `${url}steps.json`]);

// Of the addresses in the cache, those of articles that the index has no longer. Other languages'
// articles, and other pages, are none of its business.
export function withdrawn(addresses, index, articles) {
  const folder = index.replace(/offline\/.*/, "articles/");
  const kept = new Set(addressesOf(articles));
  return addresses.filter((address) => {
    const { pathname } = new URL(address);
    return pathname.startsWith(folder) && pathname !== folder && !kept.has(pathname);
  });
}
