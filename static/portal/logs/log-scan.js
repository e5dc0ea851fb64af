// A text, a piece at a time -> what of the base stands in it, by line.

import { folded, hashed, isMarked, paired, wordCharacter } from "./log-dictionary.js";

const REACH = 60; // characters looked back for a word that announces a code
const SHOWN = 400; // characters of a line that are kept
const NEWLINE = 10;
const MINUS = 45;

const FAILURE = /^0x[89c][0-9a-f]{7}$/i;

// Makes a scan of one file. `words` announce a code: `stems` as parts of words for an error, `whole`
// as words of their own, of every language.
export function scanner(dictionary, { stems, whole }, found) {
  const any = (list) => list.map((word) => word.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")).join("|");
  const announcing = new RegExp(
    `(?:${any(stems)})\\p{L}*(?:[^\\p{L}\\n]{1,12}\\p{L}{1,20}){0,3}[^\\p{L}\\n]{0,12}$` +
      `|(?<![\\p{L}\\d])(?:${any(whole)})(?:[^\\p{L}\\n]{1,3}\\p{L}{1,20})?[^\\p{L}\\n]{0,12}$`,
    "iu",
  );
  let line = 1;

  function scan(text) {
    let hash = 0;
    let start = -1;
    let before = 0;
    let lineStart = 0;
    for (let place = 0; place <= text.length; place += 1) {
      const code = place < text.length ? text.charCodeAt(place) : NEWLINE;
      const character = wordCharacter(code);
      if (character) {
        if (start < 0) start = place;
        hash = hashed(hash, character);
        continue;
      }
      if (start >= 0) {
        look(text, start, place, hash, before, lineStart);
        before = hash;
        hash = 0;
        start = -1;
      }
      if (code === NEWLINE && place < text.length) {
        line += 1;
        lineStart = place + 1;
      }
    }
  }

  function look(text, start, end, hash, before, lineStart) {
    if (isMarked(dictionary, hash)) {
      const known = dictionary.words.get(hash)?.find((one) => isThere(one, text, start, end));
      if (known) {
        tell(text, start, end, lineStart, { entry: known.entry });
        return;
      }
    }
    const pair = paired(before, hash);
    if (isMarked(dictionary, pair)) {
      dictionary.pairs.get(pair)?.forEach(({ entry, says }) => {
        const place = said(text, start, end, says);
        if (place) tell(text, ...place, lineStart, { entry });
      });
    }
    if (end - start !== 10 || !FAILURE.test(text.slice(start, end))) return;
    if (!isAnnounced(text, start)) return;
    const unknown = `0x${text.slice(start + 2, end).toUpperCase()}`;
    tell(text, start, end, lineStart, { unknown });
  }

  function isThere({ form, exact, needsWord }, text, start, end) {
    const word = text.slice(start, end);
    if (exact ? word !== exact : word.toLowerCase() !== form.toLowerCase()) return false;
    const isNegative = text.charCodeAt(start - 1) === MINUS;
    if (/^2\d{9}$/.test(form) && Number(form) < 2 ** 31) return isNegative;
    return !needsWord || isAnnounced(text, start);
  }

  // Whether a word for an error stands before it in its line, not far away.
  function isAnnounced(text, start) {
    const head = text.slice(Math.max(0, start - REACH), start);
    return announcing.test(head.slice(head.lastIndexOf("\n") + 1));
  }

  // Where a message stands around two of its words, all of it in its order: start and end.
  function said(text, start, end, says) {
    const reach = says.length + 24;
    const from = Math.max(0, start - reach);
    const window = text.slice(from, end + reach);
    if (!folded(window).includes(says)) return null;
    let [left, right] = [start - from, end - from];
    while (left > 0 && folded(window.slice(left)).includes(says) === false) left -= 1;
    while (right < window.length && !folded(window.slice(left, right)).includes(says)) right += 1;
    while (left < right && folded(window.slice(left + 1, right)).includes(says)) left += 1;
    return [from + left, from + right];
  }

  function tell(text, start, end, lineStart, what) {
    const close = text.indexOf("\n", end);
    const whole = text.slice(lineStart, close < 0 ? text.length : close);
    found({ ...what, line, ...excerpt(whole, start - lineStart, end - lineStart), whole });
  }

  return { scan };
}

// Of a long line the part around what was found; with where that stands in it.
function excerpt(whole, start, end) {
  if (whole.length <= SHOWN) return { text: whole.trimEnd(), start, end };
  const from = Math.max(0, Math.min(start - SHOWN / 4, whole.length - SHOWN));
  return { text: whole.slice(from, from + SHOWN).trimEnd(), start: start - from, end: end - from };
}

const MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
const CLOCK = String.raw`(\d{1,2}):(\d{2}):(\d{2})(?:[.,:](\d{1,3}))?\d*`;
// The forms of a time that logs begin their lines with or carry, the surest first.
const TIMES = [
  // 2024-05-31T10:00:00.123, 2024/05/31 10:00:00
  [new RegExp(String.raw`(\d{4})[-/](\d{2})[-/](\d{2})[T ]\s*${CLOCK}`), [0, 1, 2, 3, 4, 5, 6]],
  // CMTrace: time="10:00:00.123+000" date="05-31-2024"
  [
    new RegExp(String.raw`time="${CLOCK}[^"]*"\s+date="(\d{1,2})-(\d{1,2})-(\d{4})"`),
    [6, 4, 5, 0, 1, 2, 3],
  ],
  // 31/05/2024 10:00:00, 05/31/2024 10:00:00 AM: which is the day is known only beyond 12
  [new RegExp(String.raw`(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}),?\s+${CLOCK}`), "day"],
  // 05-31 10:00:00.123 (logcat)
  [new RegExp(String.raw`^(\d{2})-(\d{2})\s+${CLOCK}`), [-1, 0, 1, 2, 3, 4, 5]],
  // May 31 10:00:00 (syslog, Apple)
  [new RegExp(String.raw`\b(${MONTHS})\s+(\d{1,2})\s+${CLOCK}`), [-1, 0, 1, 2, 3, 4, 5]],
  // [10:00:00:123], 10:00:00
  [new RegExp(String.raw`(?:^|[\s[(])${CLOCK}`), [-1, -1, -1, 0, 1, 2, 3]],
];

// The time that a line carries: as it is written, and a number to sort by; null where it has none.
export function timeOf(line) {
  for (const [pattern, order] of TIMES) {
    const match = pattern.exec(line);
    if (!match) continue;
    const parts = match.slice(1);
    const places = order === "day"
      ? (Number(parts[0]) > 12 ? [2, 1, 0, 3, 4, 5, 6] : [2, 0, 1, 3, 4, 5, 6])
      : order;
    const [year, month, day, ...clock] = places.map((place) => number(parts[place]));
    const [hour, minute, second, part] = clock;
    const afternoon = /^\s*PM\b/i.test(line.slice(match.index + match[0].length)) && hour < 12;
    const date = Date.UTC(year || 2000, (month || 1) - 1, day || 1);
    const time = ((hour + (afternoon ? 12 : 0)) * 60 + minute) * 60 + second;
    return { written: clockIn(match[0]), at: date + time * 1000 + part, dated: Boolean(month) };
  }
  return null;
}

const number = (text) => {
  if (text === undefined) return 0;
  const month = MONTHS.split("|").indexOf(text);
  return month < 0 ? Number(text) : month + 1;
};

const clockIn = (text) => /\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?/.exec(text)[0].replace(",", ".");
