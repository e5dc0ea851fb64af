// What of a text is personal, by the patterns that the page hands over (texts/personal.py).

export function personalIn(text, patterns) {
  const found = [];
  for (const [kind, expressions] of Object.entries(patterns)) {
    for (const expression of expressions) {
      for (const match of text.matchAll(new RegExp(expression, "dg"))) {
        const [start, end] = match.indices[match.length > 1 ? 1 : 0];
        found.push({ start, end, kind });
      }
    }
  }
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept = [];
  for (const one of found) {
    if (!kept.length || one.start >= kept.at(-1).end) kept.push(one);
  }
  return kept;
}

export function withoutPersonal(text, patterns, hidden) {
  let result = "";
  let last = 0;
  for (const { start, end } of personalIn(text, patterns)) {
    result += text.slice(last, start) + hidden;
    last = end;
  }
  return result + text.slice(last);
}
