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

// What follows from what, as the base's articles say: the cause of an article about one thing names
// another that was found, or links to the article about it. `causes` has, for a thing, those it
// follows from; `first` the things that others follow from and that follow from none, with these.
export function following(groups, entries, articles) {
  const found = [...new Set(groups.map(({ key }) => key))].filter((key) => entries[key]);
  const isAbout = (article, key) => !articles[article].because?.includes(entries[key].text);
  const isNamed = (named, key) =>
    typeof named === "string"
      ? entries[key].kind === "code" && entries[key].text === named
      : entries[key].articles.includes(named) && isAbout(named, key);
  const causes = new Map();
  found.forEach((key) => {
    const about = entries[key].articles.filter((article) => isAbout(article, key));
    const named = about.flatMap((article) => articles[article].because ?? []);
    const from = found.filter((other) => other !== key && named.some((one) => isNamed(one, other)));
    if (from.length) causes.set(key, from);
  });
  const first = found.filter((key) => !causes.has(key)).map((key) => {
    const followers = new Set();
    const gather = (from) =>
      causes.forEach((named, other) => {
        if (!named.includes(from) || followers.has(other)) return;
        followers.add(other);
        gather(other);
      });
    gather(key);
    return { key, followers, articles: entries[key].articles.filter((one) => isAbout(one, key)) };
  }).filter(({ followers }) => followers.size);
  return { causes, first: first.sort((one, other) => other.followers.size - one.followers.size) };
}

// The step of an article that deals with a thing: the one that cites it, else the first.
export const stepFor = ({ steps, first }, { text }) => steps?.[text] ?? first ?? "";
