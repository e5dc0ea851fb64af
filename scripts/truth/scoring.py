"""Compare what was read from a document with what an editor would make of it.

Each measure is a share between 0 and 1 of one document, or None where the document has nothing to
measure. ``scripts/truth`` averages them over documents, so that long tables weigh no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from troubleshooting.texts.codes import find_codes, parse_code

#: What is measured, in the order of the tables.
MEASURES = (
    "articles found",
    "articles right",
    "codes found",
    "codes right",
    "pairs",
    "titles",
    "steps",
    "platforms",
)
#: The platforms that the portal knows; a table may name others.
PLATFORMS = frozenset({"android", "ios", "macos", "windows"})
#: From this likeness on two titles are one.
ALIKE = 0.8
_WORD = re.compile(r"\w+")
_STEPS = re.compile(
    r"((?:\d+,)+\d+)[\"”]?(?: or \d+)?\s+(?:is |are |would |be )*(?:also\b|acceptable)"
)
_ONE = re.compile(
    r"(?:(?:one|a single) resolution (?:of )?(?:their )?|only the first )"
    r"[\"“(]?(\d+)(?: or (\d+))?[\"”)]? ",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![,\w])(\d+) (?:is )?(?:also\b|acceptable)")
# What a note says is as good: "windows also acceptable", "1242 (leaving it out also acceptable)".
_CLAUSE = re.compile(r"[^;]*\b(?:acceptable|also|may be codes? too)\b[^;]*")
_NAME = re.compile(r"\b(?:0x[0-9A-Fa-f]+|[0-9]{3,}|[45]\.\d\.\d{1,3}|[A-Z]{2}\w{3,}|[A-Z]\w{5,})\b")
_PLATFORM = re.compile(rf"\b(?:{'|'.join(sorted(PLATFORMS))})\b")
# What a note says of the only code of an article: "the code as 18, or none, also acceptable".
_OTHER_CODE = re.compile(r"\bthe code as (?P<codes>\w[^,;]*)(?P<none>, or none,)? also acceptable")
_TITLE = re.compile(r"(?:alt title: |\bor titled (?:with its parent, )?)([^;]+)")
# What only leads elsewhere: "a link only, empty also acceptable". Of platforms it is said too.
_EMPTY = re.compile(r"[^;]*\bempty (?:resolutions )?also acceptable\b")


@dataclass(frozen=True, slots=True)
class Expected:
    """An article that an editor would make; ``resolutions`` are all counts that are as good.

    ``optional`` are codes and platforms that may be there or not.
    """

    title: str
    titles: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    resolutions: tuple[tuple[int, ...], ...] = ((),)
    borderline: bool = False
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Made:
    """An article that was made; ``problem`` is false for advice without a problem."""

    title: str
    codes: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    resolutions: tuple[int, ...] = ()
    problem: bool = True


@dataclass(slots=True)
class Score:
    """The measures of a document, and the differences in words."""

    values: dict[str, float | None] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


def expected_of(row: dict[str, str]) -> Expected:
    """Return the article of a row of the table; its note may name further counts and titles."""
    note = row["note"]
    own = _counts(row["resolutions"])
    others = [_counts(found) for found in _STEPS.findall(note)]
    if "acceptable" in note or "also" in note:
        others += [(int(count),) for found in _ONE.findall(note) for count in found if count]
    if single := _COUNT.search(note):
        count = int(single[1])
        # What the last one has anyway is the count of a single one.
        others.append((count,) if own[-1:] == (count,) else (*own[:-1], count))
    if "none, also acceptable" in note:
        others.append((0,))
    if "no resolution also" in note or "none also" in note or _leaves_out(note):
        others.append(())
    return Expected(
        title=row["title"],
        titles=(row["title"], *(found.strip() for found in _TITLE.findall(note))),
        codes=frozenset(code_key(code) for code in row["codes"].split(";") if code.strip()),
        platforms=frozenset(slug.strip() for slug in row["platforms"].split(";")) & PLATFORMS,
        resolutions=(own, *others),
        borderline=note.startswith("borderline"),
        optional=_optional(note, row["codes"]),
    )


def _leaves_out(note: str) -> bool:
    """Return whether a note says that an article without a resolution is as good."""
    found = _EMPTY.search(note)
    return found is not None and not _PLATFORM.search(found[0]) and "platform" not in found[0]


def _optional(note: str, own: str) -> frozenset[str]:
    """Return the codes and platforms that a note says may be left out or added; ``own`` codes."""
    clauses = _CLAUSE.findall(note)
    codes = {code_key(name) for clause in clauses for name in _NAME.findall(clause)}
    if other := _OTHER_CODE.search(note):
        codes |= {code_key(name) for name in (*other["codes"].split(" or "), *own.split(";"))}
    return frozenset(codes | {name for clause in clauses for name in _PLATFORM.findall(clause)})


def _counts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part.strip())


def code_key(text: str) -> str:
    """Return what is the same for all spellings of a code: ``403`` and ``HTTP 403``."""
    bare = text.strip()
    code = parse_code(bare) or next((mention.code for mention in find_codes(bare)), None)
    if code is None:
        return bare.casefold().removeprefix("event ").removeprefix("http ")
    if code.value is not None:
        return str(code.value & 0xFFFFFFFF)
    return code.canonical.casefold()


def score(expected: Sequence[Expected], made: Sequence[Made]) -> Score:
    """Return the measures of one document; ``expected`` is empty where it describes no problem."""
    result = Score(dict.fromkeys(MEASURES))
    pairs = match(expected, made)
    counted = [article for article in expected if not article.borderline]
    partner = {id(expected[left]): made[right] for left, right in pairs}
    matched = {right for _, right in pairs}
    extra = [article for i, article in enumerate(made) if i not in matched and article.problem]
    result.differences += [f"extra: {article.title}" for article in extra]
    values = result.values
    found = [article for article in counted if id(article) in partner]
    if not expected:
        values["articles right"] = float(not extra)
        return result
    if not counted:
        return result
    values["articles found"] = len(found) / len(counted)
    values["articles right"] = len(found) / max(1, len(found) + len(extra))
    _codes(result, counted, partner, extra)
    shares = [_article(result, article, partner.get(id(article))) for article in counted]
    for position, name in enumerate(("pairs", "titles", "steps", "platforms")):
        values[name] = sum(share[position] for share in shares) / len(shares)
    return result


def match(expected: Sequence[Expected], made: Sequence[Made]) -> list[tuple[int, int]]:
    """Return positions of articles that are the same, best likeness first, each once."""
    likeness = [
        (_likeness(article, other), -abs(i - j), i, j)
        for i, article in enumerate(expected)
        for j, other in enumerate(made)
    ]
    pairs: list[tuple[int, int]] = []
    left: set[int] = set()
    right: set[int] = set()
    for value, _, i, j in sorted(likeness, reverse=True):
        if value < 0.5 or i in left or j in right:
            continue
        pairs.append((i, j))
        left.add(i)
        right.add(j)
    return sorted(pairs)


def _likeness(article: Expected, made: Made) -> float:
    codes = article.codes | made.codes
    common = len(article.codes & made.codes) / len(codes) if codes else 0.0
    same = max(_title_likeness(title, made.title) for title in article.titles or (article.title,))
    return max(same, common) + (same + common) / 4 + made.problem / 20


def _title_likeness(wanted: str, made: str) -> float:
    left, right = _words(wanted), _words(made)
    if not left or not right:
        return 0.0
    if set(left) <= set(right) and (len(left) > 1 or right[0] == left[0]):
        return 1.0
    if right == left[: len(right)] and len(right) > 8:  # shortened
        return 1.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _codes(
    result: Score, counted: list[Expected], partner: dict[int, Made], extra: list[Made]
) -> None:
    wanted = right = wrong = 0
    for article in counted:
        other = partner.get(id(article))
        codes = other.codes if other else frozenset[str]()
        needed = article.codes - (article.optional - codes)
        wanted += len(needed)
        right += len(needed & codes)
        wrong += len(codes - article.codes - article.optional)
        if missing := sorted(needed - codes):
            result.differences.append(f"codes missing: {article.title}: {', '.join(missing)}")
        if more := sorted(codes - article.codes - article.optional):
            result.differences.append(f"codes too many: {article.title}: {', '.join(more)}")
    wrong += sum(len(article.codes) for article in extra)
    result.values["codes found"] = right / wanted if wanted else None
    result.values["codes right"] = right / (right + wrong) if right + wrong else None


def _article(
    result: Score, article: Expected, made: Made | None
) -> tuple[float, float, float, float]:
    if made is None:
        result.differences.append(f"missing: {article.title}")
        return 0.0, 0.0, 0.0, 0.0
    pair, steps = max(_shares(counts, made.resolutions) for counts in article.resolutions)
    title = max(_title_likeness(each, made.title) for each in article.titles or (article.title,))
    platforms = article.platforms ^ made.platforms <= article.optional
    if pair < 1 or steps < 1:
        counts = ",".join(map(str, made.resolutions))
        wanted = " or ".join(",".join(map(str, each)) for each in article.resolutions)
        result.differences.append(f"resolutions {counts} instead of {wanted}: {article.title}")
    if title < ALIKE:
        result.differences.append(f"title: {made.title} instead of {article.title}")
    if not platforms:
        names = [" ".join(sorted(each)) or "-" for each in (made.platforms, article.platforms)]
        result.differences.append(f"platforms {names[0]} instead of {names[1]}: {article.title}")
    return pair, float(title >= ALIKE), steps, float(platforms)


def _shares(wanted: tuple[int, ...], made: tuple[int, ...]) -> tuple[float, float]:
    """Return (the share of resolutions that are there, that of their steps)."""
    if not wanted and not made:
        return 1.0, 1.0
    pairs = min(len(wanted), len(made)) / max(len(wanted), len(made))
    both = list(zip_longest(wanted, made, fillvalue=0))
    most = sum(max(each) for each in both)
    return pairs, sum(min(each) for each in both) / most if most else 1.0


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that there are."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
