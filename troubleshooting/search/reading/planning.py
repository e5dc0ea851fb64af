"""The words of a query -> a plan for each language.

Words that the language does not know are corrected towards the words it does know, but only in
languages that the query may be written in: of a French message no English words are guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import chain

from ..own.words import OwnWords
from ..words.seen import SeenWords
from ..words.stemming import analyser
from .drafts import PlanDraft, joined
from .plan import AT_HOME, QueryPlan
from .removals import correction_id, meaning_id
from .slots import Facts, make_slot


class Planner:
    """Makes the plans of one search from the folded ``words`` of the query.

    ``without`` names corrections that the reader does not want (``correction_id``), ``platforms``
    those that the query names, ``own`` what editors say of words. What the plans need to know of
    terms is asked for in between: ``terms`` says of which.
    """

    def __init__(
        self,
        vocabulary: SeenWords,
        words: Sequence[str],
        without: Collection[str] = (),
        platforms: Collection[str] = (),
        own: OwnWords | None = None,
    ) -> None:
        self.known = vocabulary
        self.own = own or OwnWords()
        self.platforms = frozenset(platforms)
        self.words = words
        homes = {language: self._home(language) for language in vocabulary.languages}
        best = max(homes.values(), default=0.0)
        self.drafts = [PlanDraft(language, home) for language, home in homes.items()]
        for draft in self.drafts:
            draft.words = self._telling(draft.language)
            self._note_meanings(draft, without)
            if draft.home >= best - AT_HOME:
                self._draft(draft, without)
        self.written = self._written()
        for draft in self.drafts:
            if draft.language == self.written:
                slips = ((word, analyser(self.written).near_stop(word)) for word in draft.words)
                draft.stops = {word: stop for word, stop in slips if stop}
            elif self.written:
                self._translate(draft, self.written, without)

    def terms(self) -> set[str]:
        """Return the terms of which the plans need to know how many entries hold them.

        They are own words and corrections; of them it is asked too whether the reader may see an
        entry.
        """
        own = {
            analyser(draft.language).term(word)
            for draft in self.drafts
            for word in draft.words
            if self.known.knows(draft.language, word)
        }
        others = {
            analyser(draft.language).term(other)
            for draft in self.drafts
            for listed in chain(
                *(draft.alike.values(), draft.own.values(), draft.translated.values()),
                *draft.near.values(),
            )
            for other in listed
        }
        return own | others

    def plans(
        self,
        reader: str,
        count: Callable[[str], int],
        total: int,
        is_visible: Callable[[str], bool] = lambda term: True,
        pieces: Collection[str] = (),
    ) -> list[QueryPlan]:
        """Return a plan for each language, the one that the query is written in first.

        ``count`` tells how many of ``total`` entries hold a term, ``is_visible`` whether one does
        that the reader may see: any other is unknown to this reader, whatever hidden texts say.
        ``pieces`` are the words that stand only in a name, no evidence that an entry answers.
        """
        facts = Facts(self.known, count, max(total, 1), is_visible, pieces)
        plans = [self._plan(draft, facts) for draft in self.drafts]
        return sorted(plans, key=lambda plan: (-plan.home, plan.language != reader))

    def _home(self, language: str) -> float:
        """Return the share of the words that the language knows; stop words tell most.

        It knows those of its texts, misread ones too, and those that people are known to search by.
        """
        made = analyser(language)
        stop = made.stop_words
        known = (
            self.known.lists(language, word)
            or made.is_said(word)
            or bool(self.known.misread(language, word))
            for word in self.words
        )
        score = sum(
            2.0 if word in stop else float(one) for word, one in zip(self.words, known, strict=True)
        )
        return score / max(1, sum(2.0 if word in stop else 1.0 for word in self.words))

    def _telling(self, language: str) -> list[str]:
        """Return the words but for those that mean nothing to the editors, if any are left.

        A word of another language that this one does not know means nothing here either.
        """
        known, dropped = self.known, self.own.nothing(language, self.words)
        for other in (one for one in known.languages if one != language):
            places = self.own.nothing(other, self.words)
            dropped |= {one for one in places if not known.knows(language, self.words[one])}
        left = [word for place, word in enumerate(self.words) if place not in dropped]
        made = analyser(language)
        return left if any(not made.is_stop(word) for word in left) else list(self.words)

    def _note_meanings(self, draft: PlanDraft, without: Collection[str]) -> None:
        """Note what runs of words mean by the editors' entries.

        Word by word the meant ones do as well as those typed. Where a side has more, any word of
        the other side does for these.
        """
        for places, meant in self.own.meanings(draft.language, self.words):
            said = [self.words[place] for place in places]
            kept = [word for word in meant if self.known.knows(draft.language, word)]
            shown = " ".join(said), " ".join(meant)
            if not kept or meaning_id(*shown) in without:
                continue
            draft.meanings.append(shown)
            for place, word in enumerate(said):
                draft.own.setdefault(word, []).extend(kept[place : place + 1] or kept)
            for word in kept[len(said) :]:
                draft.own.setdefault(word, []).extend(said)
                draft.words += [word] if word not in draft.words else []

    def _draft(self, draft: PlanDraft, without: Collection[str]) -> None:
        """Note the nearest known words of each word that the language does not know."""
        made = analyser(draft.language)
        self._note_expressions(draft, without)
        for word in dict.fromkeys(self.words):
            if made.is_stop(word):
                continue
            if made.is_filler(word) and not self.known.knows(draft.language, word):
                continue
            if alike := self._alike(draft.language, word, without):
                draft.alike[word] = alike
            if not self.known.knows(draft.language, word):
                draft.near[word] = [
                    [
                        one
                        for one in group
                        if not made.is_stop(one) and correction_id(word, one) not in without
                    ]
                    for group in self.known.near(draft.language, word)
                ]

    def _written(self) -> str:
        """Return the language that the query is written in, none where several may be.

        Which texts there are says nothing here: some of them the reader may not see.
        """
        scores = {draft.language: self._spoken(draft.language) for draft in self.drafts}
        best = max(scores.values(), default=0)
        first = [language for language, score in scores.items() if score == best > 0]
        return first[0] if len(first) == 1 else ""

    def _spoken(self, language: str) -> int:
        """Count the words that the data of the language names; stop words tell most."""
        made = analyser(language)
        others = [draft.language for draft in self.drafts if draft.language != language]
        return sum(
            2 * (word in made.stop_words)
            or made.is_said(word)
            or any(made.called_in(other, word) for other in others)
            for word in self.words
        )

    def _translate(self, draft: PlanDraft, written: str, without: Collection[str]) -> None:
        """Note what words of the language ``written`` are called in that of the draft.

        Those that people say there around any problem say nothing here either.
        """
        there = analyser(written)
        self._note_called(draft, written, without)
        for word in dict.fromkeys(draft.words):
            if called := there.called_in(draft.language, word):
                draft.translated[word] = self._called(draft, word, called, without)
            elif there.is_filler(word):
                draft.filling.add(word)

    def _note_called(self, draft: PlanDraft, written: str, without: Collection[str]) -> None:
        """Note what several words of the language ``written`` are called in that of the draft.

        They stand for one word there, unless the language knows each of them itself.
        """
        words, put = list(draft.words), 0
        for start, end, others in analyser(written).expressions_called_in(draft.language, words):
            said = words[start:end]
            called = self._called(draft, together := " ".join(said), others, without)
            if called and len(self._known(draft.language, said)) < len(said):
                draft.translated[together] = called
                draft.words[start - put : end - put] = [together]
                put += len(said) - 1

    def _called(
        self, draft: PlanDraft, said: str, called: Sequence[str], without: Collection[str]
    ) -> list[str]:
        """Return the words that are ``called`` so and known, but for those a reader took out."""
        known = self._known(draft.language, called)
        return [one for one in known if correction_id(said, one) not in without]

    def _note_expressions(self, draft: PlanDraft, without: Collection[str]) -> None:
        """Note what several words mean together; unknown words among them say no more."""
        made = analyser(draft.language)
        for start, end in [
            *made.expressions(self.words),
            *joined(self.words, draft.language, self.known),
        ]:
            said = self.words[start:end]
            together = " ".join(said)
            alike = self._alike(draft.language, together, without)
            if not alike and self.known.lists(draft.language, "".join(said)):
                alike = ["".join(said)]
            if alike:
                draft.alike[together] = alike
                kept = said if made.has_form(together) else self._known(draft.language, said)
                draft.words = [one for one in draft.words if one not in said or one in kept]
                draft.words.append(together)
                if len(said) > 1:
                    telling = [one for one in said if not made.is_stop(one)]
                    draft.expressions[together] = telling if set(telling) <= set(kept) else []

    def _known(self, language: str, words: Sequence[str]) -> list[str]:
        return [one for one in words if self.known.knows(language, one)]

    def _alike(self, language: str, word: str, without: Collection[str]) -> list[str]:
        """Return known words that mean the same as ``word``, one of each term."""
        made = analyser(language)
        alike = (one for one in made.synonyms(word) if self.known.knows(language, one))
        kept = [one for one in alike if correction_id(word, one) not in without]
        return list({made.term(one): one for one in kept}.values())

    def _plan(self, draft: PlanDraft, facts: Facts) -> QueryPlan:
        content = [word for word in draft.words if self._says_something(draft.language, word)]
        slots = {word: make_slot(draft, word, facts) for word in dict.fromkeys(content)}
        filling = {word for word in draft.filling if word in slots and not slots[word].any_terms}
        content = [word for word in content if word not in filling]
        slots = {word: slot for word, slot in slots.items() if word not in filling}
        said = (slots[word] for word in content if word not in draft.expressions)
        first = [slot.terms[0] if slot.terms else slot.word for slot in said]
        slips = {
            word: stop
            for word, stop in draft.stops.items()
            if word in slots and slots[word].is_vague and not slots[word].any_terms
        }
        meant = [
            slots[word].corrected[0]
            if word in slots and slots[word].corrected
            else slips.get(word, word)
            for word in self.words
        ]
        own = {word for word, slot in slots.items() if slot.own}
        meanings = [one for one in draft.meanings if own.intersection(one[0].split())]
        return QueryPlan(
            draft.language,
            tuple(slots.values()),
            " ".join(first),
            " ".join(meant),
            draft.home,
            sum(slot.information for slot in slots.values() if not slot.spelt),
            self.platforms,
            meanings=tuple(dict.fromkeys(meanings)),
        )

    def _is_said_around(self, word: str) -> bool:
        """Return whether a word is a stop word beside others in the language of the query.

        Where nothing else was said it is what is looked for.
        """
        if not self.written or not analyser(self.written).is_stop(word):
            return False
        return not all(map(analyser(self.written).is_stop, self.words))

    def _says_something(self, language: str, word: str) -> bool:
        """Return whether a word counts.

        No stop word of the language does, nor one of that which the query is written in, where that
        is known. What is a stop word elsewhere ("car") may be a word there, and counts where the
        query is written in this language or texts of it hold the word.
        """
        if analyser(language).is_stop(word):
            return False
        if language == self.written:
            return True
        if self._is_said_around(word):
            return False
        if self.known.knows(language, word):
            return True
        return not any(analyser(draft.language).is_stop(word) for draft in self.drafts)
