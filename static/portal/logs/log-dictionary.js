// What the base knows, in the form in which a scan looks it up: by the hash of a word or two.

const MASK = 2 ** 18 - 1;

// Of each ASCII character: itself in lower case where it is part of a word, else 0.
const LOWER = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const letter = String.fromCharCode(code);
  if (/\w/.test(letter)) LOWER[code] = letter.toLowerCase().charCodeAt(0);
}

// A character as words are compared: 0 where it is part of none.
export function wordCharacter(code) {
  if (code < 128) return LOWER[code];
  if (code < 192) return 0;
  return code >= 0x2000 && code <= 0x206f || code === 215 || code === 247
    ? 0
    : String.fromCharCode(code).toLowerCase().charCodeAt(0);
}

export const hashed = (hash, character) => (Math.imul(hash, 31) + character) | 0;
export const paired = (before, hash) => (Math.imul(before, 16777619) ^ hash) | 0;

function wordsOf(text) {
  const words = [];
  let word = null;
  for (let place = 0; place <= text.length; place += 1) {
    const character = place < text.length ? wordCharacter(text.charCodeAt(place)) : 0;
    if (character) word = { hash: hashed(word?.hash ?? 0, character), size: (word?.size ?? 0) + 1 };
    else if (word) {
      words.push(word);
      word = null;
    }
  }
  return words;
}

const unaccented = (text) => text.normalize("NFD").replace(/\p{M}/gu, "");

// A text as messages are compared: words alone, without accents and case, a blank between two.
export const folded = (text) =>
  ` ${unaccented(text).toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, " ").trim()} `;

const HEX = /^0x([0-9a-f]{1,8})$/i;

// How a code may be written in a log. `announced` only counts after a word for an error.
export function writtenForms(code) {
  const hex = HEX.exec(code)?.[1];
  if (/^\d+$/.test(code)) return { plain: [], announced: [code] };
  if (!hex) return { plain: [code], announced: [] };
  const value = Number.parseInt(hex, 16);
  const padded = hex.padStart(8, "0");
  if (value < 0x80000000) {
    const plain = hex.replace(/^0+/, "").length > 2 ? [`0x${hex}`, `0x${padded}`] : [];
    return { plain, announced: [String(value), `0x${padded}`] };
  }
  const facility = value >>> 16;
  return {
    plain: [`0x${padded}`, String(value), String(2 ** 32 - value)],
    announced: [padded, ...(facility === 0x8007 ? [String(value & 0xffff)] : [])],
  };
}

// The articles of the base -> what is looked for: `entries` (codes and messages with the numbers of
// their articles) and what leads to them by hash.
export function dictionaryOf(articles) {
  const entries = [];
  const known = new Map();
  articles.forEach(({ codes, messages = [] }, number) => {
    const note = (kind, text) => {
      const key = `${kind} ${kind === "message" ? folded(text) : text}`;
      if (!known.has(key)) {
        known.set(key, entries.length);
        entries.push({ kind, text, articles: [] });
      }
      const { articles: named } = entries[known.get(key)];
      if (named.at(-1) !== number) named.push(number);
    };
    codes.forEach((code) => note("code", code));
    messages.forEach((message) => note("message", message));
  });
  const dictionary = {
    entries,
    words: new Map(),
    pairs: new Map(),
    marks: new Uint8Array(MASK + 1),
  };
  entries.forEach((entry, number) => {
    if (entry.kind === "code") addCode(dictionary, entry.text, number);
    else addMessage(dictionary, entry, number);
  });
  return dictionary;
}

function add(dictionary, map, hash, value) {
  dictionary.marks[hash & MASK] = 1;
  if (!map.has(hash)) map.set(hash, []);
  map.get(hash).push(value);
}

function addCode(dictionary, code, entry) {
  const { plain, announced } = writtenForms(code);
  const forms = [...plain.map((form) => [form, false]), ...announced.map((form) => [form, true])];
  forms.forEach(([form, needsWord]) => {
    const words = wordsOf(form);
    const exact = HEX.test(code) || /\W/.test(form) ? "" : form;
    if (words.length === 1) {
      add(dictionary, dictionary.words, words[0].hash, { entry, form, exact, needsWord });
    } else if (words.length > 1) {
      const last = words.length - 1;
      const hash = paired(words[last - 1].hash, words[last].hash);
      add(dictionary, dictionary.pairs, hash, { entry, says: folded(form) });
    }
  });
}

// By its two longest neighbouring words, with accents and without.
function addMessage(dictionary, message, entry) {
  const says = folded(message.text);
  const hashes = new Set();
  [message.text, unaccented(message.text)].forEach((text) => {
    const words = wordsOf(text);
    let best = 0;
    for (let at = 1; at < words.length; at += 1) {
      const size = (place) => words[place - 1].size + words[place].size;
      if (!best || size(at) > size(best)) best = at;
    }
    if (best) hashes.add(paired(words[best - 1].hash, words[best].hash));
  });
  hashes.forEach((hash) => add(dictionary, dictionary.pairs, hash, { entry, says }));
}

export const isMarked = (dictionary, hash) => dictionary.marks[hash & MASK] === 1;
