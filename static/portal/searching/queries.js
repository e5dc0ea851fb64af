// What the search box decides about a text: typed or pasted, kept or not, suggested for or not.

// `typed`, `address` and `longest` are the portal's too: tests/unit/project/test_scripts.py compares them.
export const LIMITS = {
  shortest: 2, // characters before anything is suggested
  longest: 120, // characters of a text that suggestions are asked for
  typed: 500, // characters that are still a query rather than a log
  address: 1500, // characters of a query that fit into an address
  kept: 8, // last searches that the home page shows
};

// Short queries go into the address, where they can be kept and shared; pasted texts never do.
export const fitsAddress = (text) =>
  !text.trim().includes("\n") && text.trim().length <= LIMITS.typed &&
  encodeURIComponent(text).length <= LIMITS.address;

export const hasLines = (text) => /[\r\n]/.test(text.trim());

export const isSuggestedFor = (text) =>
  text.length >= LIMITS.shortest && text.length <= LIMITS.longest;

export function withNewest(kept, text) {
  const others = Array.isArray(kept) ? kept.filter((other) => other !== text) : [];
  return [text, ...others].slice(0, LIMITS.kept);
}
