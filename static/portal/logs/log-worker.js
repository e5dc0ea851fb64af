// Reads files beside the page, which stays free: takes files and the base, tells progress and events.

import { dictionaryOf } from "./log-dictionary.js";
import { contents, pieces, Unreadable } from "./log-files.js";
import { scanner, timeOf } from "./log-scan.js";

const MOST_BYTES = 2 ** 30; // unpacked, of all files together
const MOST_EVENTS = 20_000;
const MOST_OF_ONE = 500; // of one thing in one file; more are only counted

onmessage = ({ data }) => {
  readAll(data).then((result) => postMessage({ result }), () => postMessage({ failed: true }));
};

async function readAll({ files, articles, words }) {
  const dictionary = dictionaryOf(articles);
  const state = { bytes: 0, events: [], sources: [], files: 0, problems: [], isCut: false };
  for (const file of files) {
    for await (const one of contents(file)) {
      if (one.reason) state.problems.push({ name: one.name, reason: one.reason });
      else await read(one, dictionary, words, state);
    }
    postMessage({ done: file.size });
  }
  return { ...state, entries: dictionary.entries };
}

async function read({ name, stream }, dictionary, words, state) {
  const file = state.sources.push(name) - 1;
  const counts = new Map();
  let time = null;
  let isRead = false;
  const { scan } = scanner(dictionary, words, ({ whole, ...event }) => {
    const key = event.unknown ?? event.entry;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    time = timeOf(whole) ?? time;
    if (counts.get(key) > MOST_OF_ONE || state.events.length >= MOST_EVENTS) state.isCut = true;
    else state.events.push({ ...event, file, time });
  });
  try {
    for await (const { text, read: bytes } of pieces(stream)) {
      state.bytes += bytes;
      isRead = true;
      if (state.bytes > MOST_BYTES) throw new Unreadable("large");
      scan(text);
      postMessage({ read: state.bytes });
    }
    isRead = true; // without a word, too
  } catch (error) {
    state.problems.push({ name, reason: error.reason ?? "damaged" });
  }
  if (isRead) state.files += 1;
}
