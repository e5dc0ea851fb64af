// What the scripts of the administration compute about texts that are being written.

const DRAFT_DAYS = 30;

// What says which form it is and from what it was begun; the rest is what somebody typed.
const NOT_TYPED =
  /^(csrfmiddlewaretoken|language|article|has_details|pending|draft|kept_draft|_.*|initial-.*|base_.*|.*_revision|revision_.*)$/;
// The number of a form that makes an article, and what the text was when the form was begun.
const BEGUN = /^(draft|base_.*|.*_revision|revision_.*)$/;

export const isTyped = (name) => !NOT_TYPED.test(name);

// The typed values of a form by name, with the line ends of files. Takes pairs of name and value.
export function valuesOf(pairs) {
  const values = {};
  for (const [name, value] of pairs) {
    if (typeof value !== "string" || !isTyped(name)) continue;
    (values[name] ||= []).push(value.replaceAll("\r\n", "\n"));
  }
  return values;
}

const said = (values) => (values || []).map((value) => value.trim()).filter(Boolean).join("\0");

// The names of the fields that say something else.
export const changedNames = (one, other) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => said(one[name]) !== said(other[name]));

// A draft that was saved, or is too old to be missed.
export const isOver = (draft, saved, now) =>
  !draft || draft.token === saved || now - draft.time > DRAFT_DAYS * 24 * 3600 * 1000;

// The values of a form by name, from lists of values as a draft holds them.
const typed = (fields) =>
  valuesOf(
    Object.entries(fields).flatMap(([name, values]) => values.map((value) => [name, value])),
  );

// From what a draft was begun, by name: a later save finds by it what others changed meanwhile.
export const beginningOf = (draft) =>
  Object.fromEntries(
    Object.entries(draft.fields).filter(([name]) => BEGUN.test(name)).map((
      [name, [value]],
    ) => [name, value]),
  );

// What is to be offered of the drafts that the browser and the server keep of a form, the newest
// first, and what says no more than the portal has `stored`. A page does not offer its `own`, nor
// what it `shows`. Where both places keep one, the later counts.
export function offersOf(drafts, own, stored, shows) {
  const latest = new Map();
  [...drafts].sort((one, other) => one.time - other.time).forEach((draft) => {
    if (draft.token === own) return;
    latest.set(draft.token, { ...latest.get(draft.token), ...draft, typed: typed(draft.fields) });
  });
  const all = [...latest.values()].reverse();
  const says = (draft, values) => !changedNames(values, draft.typed).length;
  return {
    offers: all.filter((draft) => !says(draft, stored) && !says(draft, shows)),
    over: all.filter((draft) => says(draft, stored)),
  };
}

const TEXTS = ["title", "problem", "cause", "resolution", "other", "internal"];
const FIRST_WORDS = 80;

// The texts among typed values, each once, from the form of an article or the rows of a translation.
const textsOf = (values) =>
  TEXTS.map((name) => (values[name] || values[`text-${name}`] || []).filter(Boolean).join("\n\n"));

// The title of a typed text, else its first words; "" where nothing is written yet.
export function wordsOf(values) {
  const first = textsOf(values).map((text) => text.replace(/\s+/g, " ").trim()).find(Boolean) || "";
  return first.length > FIRST_WORDS ? `${first.slice(0, FIRST_WORDS).trimEnd()}…` : first;
}

// How many characters a typed text has.
export const lengthOf = (values) =>
  textsOf(values).reduce((sum, text) => sum + [...text].length, 0);

const likeSpace = (one, other) => one === other || (one === "\u00a0" && other === " ");

// An editor reads what was typed from the page, where a no-break space cannot be told from a space.
// What was not typed, before and after the change, keeps the spaces that it had.
export function keepSpaces(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && likeSpace(before[start], after[start])) start += 1;
  let end = 0;
  while (end < most - start && likeSpace(before.at(-1 - end), after.at(-1 - end))) end += 1;
  return before.slice(0, start) + after.slice(start, after.length - end) +
    before.slice(before.length - end);
}

// Steps are counted anew as the portal will count them, in lists that are not inside others.
export function renumber(text) {
  let number = 0;
  let fenced = false;
  return text.split("\n").map((line) => {
    if (/^(```|~~~)/.test(line)) fenced = !fenced;
    const step = !fenced && /^(\d+)\.(\s+)/.exec(line);
    if (step) {
      number = number ? number + 1 : Number(step[1]);
      return `${number}.`.padEnd(step[0].length) + line.slice(step[0].length);
    }
    if (fenced || /^\S/.test(line)) number = 0;
    return line;
  }).join("\n");
}

const MARK = /^\s*(?:>\s*)*(?:#{1,6}\s|\d+[.)]\s|[-*+]\s)/;

// How many headings and items stand up to a line, and how many lines follow the last of them.
export function placeOf(text, line) {
  let number = 0;
  let fenced = false;
  let since = 0;
  text.split("\n").slice(0, line + 1).forEach((row) => {
    if (/^\s*(```|~~~)/.test(row)) fenced = !fenced;
    if (!fenced && MARK.test(row)) {
      number += 1;
      since = 0;
    } else since += 1;
  });
  return { number, since };
}

const spaces = (text) => text.replace(/\s+/g, " ");
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

// As the portal checks it: whole words, perhaps in the plural; names as they are written.
function term(phrase) {
  const words = phrase.trim().split(/\s+/).map((word) =>
    `${escaped(word).replace(/['’]/g, "['’]")}(?:s|es|x)?`
  );
  const isName = phrase !== phrase.toLowerCase();
  return new RegExp(
    `(?<![\\p{L}\\p{N}_])${words.join("\\s+")}(?![\\p{L}\\p{N}_])`,
    isName ? "u" : "iu",
  );
}

export const holdsTerm = (phrase, text) =>
  term(phrase).test(text.replace(/\]\([^()\n]*\)|https?:\/\/[^\s)>]+/g, "] "));

export const holdsWords = (words, text) =>
  spaces(text).toLowerCase().includes(spaces(words).toLowerCase());
