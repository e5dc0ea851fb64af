// Which of many names hold what was typed: all of its words, wherever they stand.

// Lower case without accents, as the search compares words too.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function holds(name, typed) {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const within = folded(name);
  return words.every((word) => within.includes(word));
}
