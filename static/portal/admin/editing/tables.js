// Tables of Markdown as they are written: made, moved in from cell to cell, read off a spreadsheet.
// Touches no page.

const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/;

export const isRow = (line) => ROW.test(line);

const rowOf = (cells) => `| ${cells.join(" | ")} |`;
const written = (rows) =>
  [rowOf(rows[0]), rowOf(rows[0].map(() => "---")), ...rows.slice(1).map(rowOf)].join("\n");

// A table of empty cells below a head; `words` begins the names of the columns.
export function tableOf(rows, columns, words) {
  const names = Array.from({ length: columns }, (_, number) => `${words} ${number + 1}`);
  return written([names, ...Array.from({ length: rows }, () => names.map(() => "  "))]);
}

// Where the cells of a row stand, without the blanks around their words.
export function cellsOf(line) {
  const marks = [...line.matchAll(/(?<!\\)\|/g)].map((match) => match.index);
  return marks.slice(0, -1).map((mark, number) => {
    const inner = line.slice(mark + 1, marks[number + 1]);
    const lead = inner.length - inner.trimStart().length;
    if (!inner.trim()) {
      return { from: mark + Math.min(2, inner.length), to: mark + Math.min(2, inner.length) };
    }
    return { from: mark + 1 + lead, to: mark + 1 + inner.trimEnd().length };
  });
}

// The cell after (or before) the one at `ch` of a line: {line, from, to}; {add: text}: a row to be
// written below, after the last cell of the last one; null: out of the table (behind the last bar too),
// or not in one.
export function cellBeside(lines, line, ch, isBack) {
  if (!isRow(lines[line])) return null;
  const cells = cellsOf(lines[line]);
  const here = Math.max(0, cells.findLastIndex((cell) => cell.from <= ch));
  const step = isBack ? -1 : 1;
  if (cells[here + step] && !RULE.test(lines[line])) return { line, ...cells[here + step] };
  let next = line + step;
  if (RULE.test(lines[next] ?? "")) next += step;
  if (isRow(lines[next] ?? "")) return { line: next, ...cellsOf(lines[next]).at(isBack ? -1 : 0) };
  if (isBack || ch > lines[line].lastIndexOf("|")) return null;
  return { add: rowOf(cells.map(() => "  ")) };
}

// Whether a bar that is typed at `ch` of a line stands in a cell, where it would divide it.
export function isInCell(lines, line, ch) {
  const text = lines[line];
  if (!isRow(text) || RULE.test(text)) return false;
  if (ch <= text.indexOf("|") || ch > text.lastIndexOf("|") || text[ch - 1] === "\\") return false;
  let first = line;
  while (isRow(lines[first - 1] ?? "")) first -= 1;
  return RULE.test(lines[first + 1] ?? "");
}

// The cells that a spreadsheet copies as text: tabs between them, quotes around what holds a line end.
function cellsCopied(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/y;
  while (cell.lastIndex < text.length) {
    const [, quoted, plain, end] = cell.exec(text);
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end === "\n") rows.push([]);
  }
  if (text.endsWith("\t")) rows.at(-1).push("");
  return rows;
}

// The table that a copied text is; null where it is none: one row, no tabs, rows that differ.
export function copiedTable(text) {
  const body = text.replaceAll("\r\n", "\n").replace(/^\n+|\n+$/g, "");
  if (!body.includes("\t") || !body.includes("\n")) return null;
  const rows = cellsCopied(body);
  const widths = new Set(rows.map((row) => row.length));
  if (rows.length < 2 || widths.size !== 1 || rows[0].length < 2) return null;
  const cell = (words) => words.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|") || "  ";
  return written(rows.map((row) => row.map(cell)));
}

// Whether a line stands inside a block of code.
export function isInCode(lines, line) {
  let fence = "";
  for (const text of lines.slice(0, line)) {
    const [, mark] = /^\s*(```+|~~~+)/.exec(text) || [];
    if (mark && !fence) fence = mark;
    else if (mark && mark[0] === fence[0] && mark.length >= fence.length) fence = "";
  }
  return fence !== "";
}
