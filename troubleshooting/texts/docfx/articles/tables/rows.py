"""Error tables: tables of which each row is a problem of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ....codes import find_codes, parse_code
from ....codes.families import FAMILY_OF
from ....languages import Labels, code_words
from ....markup import Block, Paragraph, Quote, Table, TableRow
from ....markup.blocks import Lines
from ....sections import SECTIONS
from ....shares import most_of
from ...anchors import plain
from ..instructions import split_instructions
from .cells import Cell, cell_blocks, in_list, simple_cell
from .keys import read_key
from .naming import row_title

_TO_SECTION = re.compile(r"(?:\*\*|__)?\[[^\]]*\]\(#[^)\s]*\)(?:\*\*|__)?")
_DASH = re.compile(r"\s*[-–—]+\s*")
_BLANK = re.compile(r"(?:&nbsp;|&#160;|\s|<br\s*/?>)*")
_NUMBER = re.compile(r"[-−–]?[0-9]{2,10}")
_HTTP = re.compile(r"[45][0-9]{2}(?:\.[0-9]{1,2})?(?![\w.])")
_NEGATIVE = re.compile(r"[-−–][0-9]{3,10}")
# Numbers of events in a cell: "2004, 2005", "2001–2003".
_EVENTS = re.compile(r"[0-9]{1,5}(?:\s*(?:,|;|/|[-–—]|<br\s*/?>)\s*[0-9]{1,5}){1,20}")
_RANGE = re.compile(r"([0-9]{1,5})\s*[-–—]\s*([0-9]{1,5})")
#: So many events at most are what a range stands for.
LONGEST_RANGE = 20
_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
# A name of several words written as one: "hrInvalidParam", "Invalid_Dataset".
_IDENTIFIER = re.compile(r"[A-Za-z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+|[A-Z]\w*_\w+")
_EVENT = re.compile("|".join(code_words("event_name")), re.IGNORECASE)
_STATUS = re.compile("|".join(["http", *code_words("status_words")]), re.IGNORECASE)
#: Rows that are looked at to learn what a column holds.
MOST_READ = 200


@dataclass(slots=True)
class ErrorRow:
    """A row of an error table: blocks by part, the codes it is about, a title made of it.

    ``remarks`` are the blocks that do not name the row but say something of it.
    """

    lines: Lines
    title: str
    codes: list[str]
    parts: dict[str, list[Block]] = field(default_factory=dict)
    platforms: list[str] = field(default_factory=list)
    remarks: list[Block] = field(default_factory=list)


def error_columns(table: Table, labels: Labels, title: str = "") -> list[str | None] | None:
    """Return the kinds of the columns, or None where ``table`` is no error table.

    An error table names a code, a message or a problem and, beside it, something to say of it. A
    table whose rows point to sections is an index of them. ``title`` is that of its section: it
    tells what an "ID" identifies.
    """
    headers = table.header.cells
    kinds = [labels.column(header) for header in headers]
    kinds = [
        _named(table, i, labels, title) if k == "name" else k or _status(table, i, labels)
        for i, k in enumerate(kinds)
    ]
    if any(kind in ("code", "message") for kind in kinds):
        kinds = [
            kind or _told(labels.column(h, loosely=True))
            for h, kind in zip(headers, kinds, strict=True)
        ]
    _complete(kinds, table)
    keys = {kind for kind in kinds if kind in ("code", "message")}
    told = {kind for kind in kinds if kind in SECTIONS}
    subject = any(labels.is_subject(header) for header in headers)
    if _is_index(table) or not kinds:
        return None
    if keys and (told or len(keys) > 1):
        return kinds
    return kinds if subject and told & {"cause", "resolution"} else None


def _complete(kinds: list[str | None], table: Table) -> None:
    """Tell by the cells what no header tells: a first column of codes, and words beside one.

    A column of names in capitals beside codes holds codes too.
    """
    if "code" not in kinds and kinds[:1] == [None] and _are_codes(_words_in(table, 0)):
        kinds[0] = "code"
    coded = [i for i, kind in enumerate(kinds) if kind == "code"]
    if not coded or not any(_are_codes(_words_in(table, i)) for i in coded):
        return
    for column, kind in enumerate(kinds):
        if kind is None and _are_names(_words_in(table, column)):
            kinds[column] = "code"
    if not {"message", *SECTIONS} & set(kinds) and None in kinds:
        kinds[kinds.index(None)] = "problem"


def _are_codes(cells: list[str]) -> bool:
    known = [cell for cell in cells if cell]
    return len(known) > 1 and all(find_codes(cell) and parse_code(cell) for cell in known)


def _are_names(cells: list[str]) -> bool:
    known = [cell for cell in cells if cell]
    named = [_NAME.fullmatch(cell) for cell in known]
    return len(known) > 1 and all(named) and any("_" in cell for cell in known)


def _named(table: Table, column: int, labels: Labels, title: str) -> str | None:
    """Return what a column of names holds: codes where most of its cells do by their form.

    Numbers are where the section speaks of events or errors, identifiers where it is about errors.
    """
    cells = _words_in(table, column)
    told = labels.column_words.names_codes(title)
    told = told or labels.column_words.names_codes(table.header.cells[column])
    about_errors = labels.says("problems_title", title) or labels.says("codes_title", title)
    coded = (
        most_of(map(find_codes, cells))
        or (told and most_of(map(_NUMBER.fullmatch, cells)))
        or (about_errors and most_of(map(_IDENTIFIER.fullmatch, cells)))
    )
    return "code" if coded else None


def _status(table: Table, column: int, labels: Labels) -> str | None:
    """Return "code" where most statuses of a column are numbers of HTTP or negative, else None."""
    if not labels.column_words.names_codes(table.header.cells[column]):
        return None
    cells = _words_in(table, column)
    coded = (_HTTP.match(cell) or _NEGATIVE.fullmatch(cell) for cell in cells)
    return "code" if most_of(coded) else None


def _words_in(table: Table, column: int) -> list[str]:
    cells = [row.cells[column] for row in table.rows[:MOST_READ]]
    return [plain(simple_cell(cell)) for cell in cells]


def _told(kind: str | None) -> str | None:
    return None if kind == "name" else kind


def _is_index(table: Table) -> bool:
    rows = [row for row in table.rows if any(row.cells)]
    pointing = [row for row in rows if any(_TO_SECTION.fullmatch(c.strip()) for c in row.cells)]
    return bool(rows) and len(pointing) == len(rows)


def error_rows(
    table: Table, kinds: list[str | None], labels: Labels, title: str = ""
) -> list[ErrorRow]:
    """Return one ``ErrorRow`` for each row; a row without a key belongs to the row before it."""
    rows: list[ErrorRow] = []
    waiting: list[Block] = []
    headers = [_full_header(header, title, labels) for header in table.header.cells]
    keys = _key_kinds(kinds)
    repeated = set(map(id, repeated_rows(table)))
    for source in (row for row in table.rows if id(row) not in repeated):
        simple = map(simple_cell, source.cells)
        named = zip(kinds, headers, simple, strict=False)
        cells = [
            (kind or "", head, cell) for kind, head, cell in named if _says(kind, cell, labels)
        ]
        if not cells:
            continue
        if len(kinds) > 2 and (note := _note(cells)):
            aside = Paragraph(note, source.lines)
            if rows:
                rows[-1].parts.setdefault("other", []).append(aside)
            else:
                waiting.append(aside)
            continue
        row = _read_row(cells, source.lines, labels)
        if rows and not any(kind in keys for kind, _, _ in cells):
            _continue(rows[-1], row)
            continue
        if rows and _shares_key(source.cells, kinds):
            take_codes(row, rows[-1].codes[:1], always=True)
        if waiting:
            row.parts["other"] = [*waiting, *row.parts.get("other", [])]
            waiting = []
        row.title = row_title(row.codes, cells, labels)
        rows.append(row)
    return rows


def repeated_rows(table: Table) -> list[TableRow]:
    """Return the rows that say word for word what one before them says."""
    seen: set[tuple[str, ...]] = set()
    found: list[TableRow] = []
    for row in table.rows:
        words = tuple(" ".join(cell.split()) for cell in row.cells)
        if words in seen and any(words):
            found.append(row)
        seen.add(words)
    return found


def _note(cells: list[Cell]) -> str:
    """Return the words of a row that holds nothing but a remark in the column of codes, or ""."""
    if len(cells) != 1 or cells[0][0] != "code" or read_key(cells[0][2], sure=True).codes:
        return ""
    return cells[0][2]


def _shares_key(cells: list[str], kinds: list[str | None]) -> bool:
    """Return whether a first cell of a code is empty, as if it were one with the cell above."""
    return kinds[:1] == ["code"] and kinds.count("code") == 1 and _is_blank(cells[0])


def _key_kinds(kinds: list[str | None]) -> set[str]:
    keys = {"code", "message"} & set(kinds)
    return keys or {"problem"}


def _says(kind: str | None, cell: str, labels: Labels) -> bool:
    """Return whether a cell holds anything: a dash or "None" where words are expected does not."""
    if _is_blank(cell):
        return False
    words = plain(cell)
    return kind not in SECTIONS or not (_DASH.fullmatch(words) or labels.says("nothing", words))


def _is_blank(cell: str) -> bool:
    return _BLANK.fullmatch(cell) is not None


def _continue(row: ErrorRow, more: ErrorRow) -> None:
    for part, blocks in more.parts.items():
        row.parts[part] = in_list([*row.parts.get(part, []), *blocks])
    row.lines = (row.lines[0], more.lines[1])


def _read_row(cells: list[Cell], lines: Lines, labels: Labels) -> ErrorRow:
    row = ErrorRow(lines, "", [])
    for kind, header, cell in cells:
        if kind in ("code", "message"):
            _add_key(row, kind, _as_event(header, cell) if kind == "code" else cell)
        elif kind in ("problem", "cause") and row.codes and _is_name(cell):
            _add_key(row, "code", cell)
        elif kind == "platform":
            row.platforms = labels.platforms_in(plain(cell))
            row.parts.setdefault("other", []).extend(_labelled(header, cell, lines, labels))
        elif kind:
            blocks = cell_blocks(cell, lines)
            row.remarks += blocks
            row.parts.setdefault(kind, []).extend(blocks)
        else:
            row.parts.setdefault("other", []).extend(_labelled(header, cell, lines, labels))
    _find_actions(row, labels)
    return row


def _is_name(cell: str) -> bool:
    """Return whether a cell beside a code says nothing but its name: "NTE_BAD_DATA"."""
    name = plain(cell).strip()
    return "_" in name and _NAME.fullmatch(name) is not None and parse_code(name) is not None


def _find_actions(row: ErrorRow, labels: Labels) -> None:
    """Take what tells what to do, in a row without a resolution, for one."""
    if row.parts.get("resolution"):
        return
    for part in ("cause", "problem"):
        blocks = row.parts.get(part, [])
        told = {id(block) for block in row.remarks}
        keys = next((i for i, b in enumerate(blocks) if id(b) in told), len(blocks))
        kept, actions = split_instructions(blocks[keys:], labels)
        if actions:
            row.parts[part] = [*blocks[:keys], *kept]
            row.parts["resolution"] = [*row.parts.get("resolution", []), *actions]


def _full_header(header: str, title: str, labels: Labels) -> str:
    """Return "Event ID" for an "ID" below a heading that speaks of events."""
    if labels.column(header) != "name":
        return header
    word = labels.column_words.names_codes(title)
    return f"{word.removesuffix('s')} {header}" if word else header


def _as_event(header: str, cell: str) -> str:
    """Return a bare number in a column of event identifiers or statuses as the code that it is."""
    number = plain(cell).strip()
    if _EVENTS.fullmatch(number):
        each = [_as_event(header, one) for one in _in_ranges(number)]
        return ", ".join(each) if not any(one.isdigit() for one in each) else cell
    if not number.replace(".", "", 1).isdigit():
        return cell
    header = f"{plain(header)} ID" if _EVENT.fullmatch(plain(header).strip()) else header
    name = "HTTP" if _STATUS.search(header) and _HTTP.fullmatch(number) else plain(header)
    announced = find_codes(f"{name}: {number}")
    known = announced and FAMILY_OF[announced[0].code.kind].by_column
    return announced[0].code.canonical if known else cell


def _in_ranges(text: str) -> list[str]:
    """Return the numbers of a list, those of a short range one by one."""

    def spelt(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        if not first < last <= first + LONGEST_RANGE:
            return f"{match[1]},{match[2]}"
        return ",".join(map(str, range(first, last + 1)))

    return re.findall(r"[0-9]+", _RANGE.sub(spelt, text))


def _labelled(header: str, cell: str, lines: Lines, labels: Labels) -> list[Block]:
    """Return a cell with the header of its column, which nothing else tells."""
    blocks = cell_blocks(cell, lines)
    name = plain(header)
    if name and blocks and isinstance(blocks[0], Paragraph):
        blocks[0].text = f"**{name}**{labels.words['colon']}{blocks[0].text}"
    return blocks


def _add_key(row: ErrorRow, kind: str, cell: str) -> None:
    key = read_key(cell, sure=kind == "code")
    problem = row.parts.setdefault("problem", [])
    first = sum(isinstance(block, Paragraph | Quote) for block in problem)
    row.codes += [code for code in key.codes if code not in row.codes]
    added: list[Block] = []
    if key.alone:
        added.append(Paragraph(", ".join(f"`{c}`" for c in key.alone), row.lines))
    rest = cell_blocks(key.rest, row.lines)
    if rest and kind == "message":
        added.append(Quote(rest, row.lines))
    else:
        added += rest
    problem[first:first] = added


def take_codes(row: ErrorRow, codes: list[str], *, always: bool = False) -> None:
    """Give a row that names no code the codes of its heading; ``always`` beside its own."""
    if (row.codes and not always) or not codes:
        return
    row.codes = [*codes, *row.codes]
    listing = Paragraph(", ".join(f"`{code}`" for code in codes), row.lines)
    row.parts["problem"] = [listing, *row.parts.get("problem", [])]
