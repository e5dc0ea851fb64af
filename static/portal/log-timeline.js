// What was found in files -> what failed first, what followed, and the articles that speak of it.

const keyOf = ({ entry, unknown }) => unknown ?? entry;

// By time where every event of every file has one of a date, else file by file as they were chosen.
export function ordered(events) {
  const isTimed = events.every(({ time }) => time?.dated);
  const sorted = [...events];
  return isTimed
    ? sorted.sort((one, other) => one.time.at - other.time.at || byPlace(one, other))
    : sorted.sort(byPlace);
}

const byPlace = (one, other) => one.file - other.file || one.line - other.line;

// The same thing several times in a row is one entry of the timeline, with how often.
export function timeline(events) {
  const groups = [];
  events.forEach((event) => {
    const last = groups.at(-1);
    if (last && last.key === keyOf(event) && last.first.file === event.file) {
      last.count += 1;
      last.last = event;
    } else groups.push({ key: keyOf(event), first: event, last: event, count: 1 });
  });
  return groups;
}

// The articles by how much of what was found they speak of; of equals the one of the last failure.
// What many articles name says less for each.
export function ranked(groups, { entries }) {
  const articles = new Map();
  groups.forEach(({ key }, place) => {
    const entry = entries[key];
    entry?.articles.forEach((article) => {
      const held = articles.get(article) ?? { article, keys: new Set(), worth: 0, last: 0 };
      if (!held.keys.has(key)) held.worth += 1 / Math.sqrt(entry.articles.length);
      held.keys.add(key);
      held.last = place;
      articles.set(article, held);
    });
  });
  return [...articles.values()].sort((one, other) =>
    other.worth - one.worth || other.last - one.last
  );
}

// How many different things were found, those that the base does not know apart.
export function counted(groups) {
  const keys = new Set(groups.map(({ key }) => key));
  const unknown = [...keys].filter((key) => typeof key === "string").length;
  return { all: keys.size, unknown };
}
