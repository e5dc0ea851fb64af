"""Queries made from the articles of the benchmark by a fixed seed, with what answers them.

An answer is right when the article holds what the query was made of: the code; the message or
title, as a message or title; or the title together with the paragraph whose words were asked for.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from troubleshooting.search.reading.names import candidates
from troubleshooting.search.words.folding import fold, words
from troubleshooting.search.words.stemming import analyser
from troubleshooting.texts.codes import Code, hresult_of

from .multiply import BenchArticle

#: Kinds of query, all of which are asked.
CODES = ("code as written", "code in another form", "symbol")
WORDS = ("message with errors", "without accents", "inflected", "heading", "keywords")
KINDS = (*CODES, *WORDS, "other language")


@dataclass(frozen=True, slots=True)
class Query:
    """``text`` typed by a reader of ``language``; ``answers`` are numbers of articles."""

    kind: str
    text: str
    language: str
    answers: frozenset[int]


def make(articles: Sequence[BenchArticle], each: int, seed: int) -> list[Query]:
    """Return ``each`` queries of every kind, in a fixed order."""
    return _Maker(articles, seed).make(each)


#: Makes another text of a message in a language; None where it cannot.
Change = Callable[[str, str], str | None]


class _Maker:
    def __init__(self, articles: Sequence[BenchArticle], seed: int) -> None:
        self.articles = articles
        self.chance = random.Random(seed)
        self.holders: dict[object, set[int]] = defaultdict(set)
        self.codes: dict[str, Code] = {}
        for article in articles:
            self._note(article)
        self.names = sorted(self.codes)

    def _note(self, article: BenchArticle) -> None:
        for unit in article.units:
            self.holders[unit.number].add(article.number)
            for language in article.languages:
                text = unit.texts[language]
                for message in text.messages:
                    self.holders[_said(message)].add(article.number)
                for code in text.codes:
                    self.holders["code", code.canonical].add(article.number)
                    self.codes[code.canonical] = code
        for language in article.languages:
            self.holders[_said(article.title.texts[language].text)].add(article.number)

    def make(self, each: int) -> list[Query]:
        makers: dict[str, Callable[[], Query | None]] = {
            "code as written": lambda: self._code("code as written", _as_written),
            "code in another form": lambda: self._code("code in another form", self._other_form),
            "symbol": lambda: self._code("symbol", self._symbol),
            "message with errors": lambda: self._message("message with errors", self._mistype),
            "without accents": lambda: self._message("without accents", _without_accents, "fr"),
            "inflected": lambda: self._message("inflected", self._inflect),
            "heading": self._heading,
            "keywords": self._keywords,
            "other language": self._other_language,
        }
        queries: list[Query] = []
        for kind in KINDS:
            made: dict[str, Query] = {}
            for _ in range(each * 200):
                query = makers[kind]()
                if query:
                    made.setdefault(query.text, query)
                if len(made) == each:
                    break
            queries += made.values()
        return queries

    def _code(self, kind: str, form: Callable[[Code], str | None]) -> Query | None:
        code = self.codes[self.chance.choice(self.names)]
        text = form(code)
        if not text:
            return None
        answers = set(self.holders["code", code.canonical])
        if code.kind in ("hex", "number"):
            for other in self.codes.values():
                if other.kind in ("hex", "number") and other.value == code.value:
                    answers |= self.holders["code", other.canonical]
        return Query(kind, text, self.chance.choice(("fr", "en")), frozenset(answers))

    def _other_form(self, code: Code) -> str | None:
        value = code.value
        hresult = hresult_of(value) if value is not None and code.kind == "hex" else None
        if value is None or hresult is None:
            return None
        forms = [
            f"{value:08x}",
            f"hr={code.canonical.lower()}.",
            str(value - (1 << 32)),
            str(value),
            f"0x{value:X}".lower(),
        ]
        if hresult.win32 and hresult.win32 > 9:
            forms.append(str(hresult.win32))
        return self.chance.choice(forms)

    def _symbol(self, code: Code) -> str | None:
        if code.kind not in ("symbol", "aadsts"):
            return None
        return self.chance.choice(
            (code.canonical, code.canonical.lower(), f"error {code.canonical}")
        )

    def _article(self, language: str | None = None) -> tuple[BenchArticle, str] | None:
        article = self.chance.choice(self.articles)
        fitting = [name for name in article.languages if language in (None, name) and name != "de"]
        return (article, self.chance.choice(fitting)) if fitting else None

    def _a_message(self, language: str | None) -> tuple[str, str] | None:
        found = self._article(language)
        if not found:
            return None
        article, language = found
        messages = [m for unit in article.units for m in unit.texts[language].messages]
        return (self.chance.choice(messages), language) if messages else None

    def _message(self, kind: str, change: Change, language: str | None = None) -> Query | None:
        found = self._a_message(language)
        if not found:
            return None
        message, language = found
        text = change(message, language)
        if not text or fold(text) == text == message:
            return None
        return Query(kind, text, language, frozenset(self.holders[_said(message)]))

    def _mistype(self, message: str, language: str) -> str | None:
        pieces = message.split()
        long = [place for place, word in enumerate(pieces) if len(word) >= 5 and word.isalpha()]
        if len(long) < 2:
            return None
        for place in self.chance.sample(long, self.chance.choice((1, 2))):
            pieces[place] = self._with_error(pieces[place])
        return " ".join(pieces)

    def _with_error(self, word: str) -> str:
        at = self.chance.randrange(1, len(word) - 1)
        letter = self.chance.choice("abcdefghijklmnopqrstuvwxyz")
        return self.chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )

    def _inflect(self, message: str, language: str) -> str | None:
        pieces = message.split()
        long = [place for place, word in enumerate(pieces) if len(word) >= 5 and word.islower()]
        if not long:
            return None
        for place in self.chance.sample(long, min(2, len(long))):
            word = pieces[place]
            pieces[place] = word[:-1] if word.endswith("s") else f"{word}s"
        return " ".join(pieces)

    def _heading(self) -> Query | None:
        found = self._article()
        if not found:
            return None
        article, language = found
        title = article.title.texts[language]
        if len(words(title.text)) < 3 or title.codes:
            return None
        return Query("heading", title.text, language, frozenset(self.holders[_said(title.text)]))

    def _keywords(self) -> Query | None:
        found = self._article()
        if not found:
            return None
        article, language = found
        unit = self.chance.choice(article.paragraphs)
        chosen: list[str] = []
        for text, number in (
            (article.title.texts[language].text, 2),
            (unit.texts[language].text, 3),
        ):
            telling = [
                raw
                for raw in dict.fromkeys(re.findall(r"\w{5,}", text))
                if raw.isalpha()
                and fold(raw) not in analyser(language).stop_words
                and raw not in chosen
            ]
            if len(telling) < number:
                return None
            chosen += self.chance.sample(telling, number)
        self.chance.shuffle(chosen)
        answers = self.holders[article.title.number] & self.holders[unit.number]
        return Query("keywords", " ".join(chosen), language, frozenset(answers))

    def _other_language(self) -> Query | None:
        """Return a message or title in its own language, typed by a reader of the other one."""
        found = self._a_message(None) if self.chance.random() < 0.5 else None
        if found:
            text, language = found
            answers = frozenset(self.holders[_said(text)])
        else:
            heading = self._heading()
            if not heading:
                return None
            text, language, answers = heading.text, heading.language, heading.answers
        reader = "fr" if language == "en" else "en"
        return Query("other language", text, reader, answers)


def _said(text: str) -> tuple[str, ...]:
    """Return what a title or message says, however it is written."""
    return ("says", *words(text))


def _as_written(code: Code) -> str | None:
    return code.canonical if code.kind in ("hex", "aadsts", "ndr") else None


def _without_accents(message: str, language: str) -> str | None:
    plain = fold(message)
    return plain if plain != message.casefold() else None


def texts_without_codes(articles: Sequence[BenchArticle], count: int, seed: int) -> list[str]:
    """Return short and long runs of words from paragraphs that hold no code of any article."""
    chance = random.Random(seed)
    names = {
        code.key
        for article in articles
        for unit in article.units
        for text in unit.texts.values()
        for code in text.codes
    }
    made: dict[str, None] = {}
    while len(made) < count:
        article = chance.choice(articles)
        text = article.paragraphs[0].texts[article.languages[0]]
        pieces = text.text.split()
        if text.codes or article.title.texts[article.languages[0]].codes or len(pieces) < 2:
            continue
        start = chance.randrange(len(pieces) - 1)
        taken = pieces[start : start + chance.randint(2, 12)]
        if names.isdisjoint(candidates(" ".join(taken))):
            made[" ".join(taken)] = None
    return list(made)
