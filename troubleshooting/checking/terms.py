"""Terms of the glossary in translations: they are called what the team has agreed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ..models import ArticleTranslation, GlossaryTerm, Platform
from ..texts.sections import PUBLIC_TEXTS
from ..texts.translating import Glossary, Term, occurs
from .model import CheckedText, Finding


def glossary_for(source: str, target: str) -> Glossary:
    """Return what of texts in the language ``source`` has a name of its own in ``target``.

    A pair is read both ways. Terms without a translation, and the names of platforms, stay as
    they are in every language.
    """
    rows = _entries(source, target).order_by("term", "pk")
    terms = [
        Term(row.translation, row.term, row.note)
        if row.translation and row.language == target
        else Term(row.term, row.translation, row.note)
        for row in rows
    ]
    # Of two entries for one term the one that is written in its direction counts.
    terms.sort(key=lambda term: any(term.term == row.translation for row in rows))
    known = {term.term for term in terms}
    names = Platform.objects.order_by("position").values_list("name", flat=True)
    return Glossary([*terms, *(Term(name) for name in names if name not in known)])


def _entries(source: str, target: str) -> QuerySet[GlossaryTerm]:
    return GlossaryTerm.objects.filter(
        Q(language=source, target_language=target)
        | Q(language=target, target_language=source)
        | Q(translation="")
    )


def missed_terms(
    source: Mapping[str, str], target: Mapping[str, str], terms: list[Term]
) -> list[Term]:
    """Return the terms that ``source`` uses and that ``target`` does not call as agreed.

    Both map names of sections to texts; notes of editors are not looked at.
    """
    said, made = (
        "\n".join(texts.get(name, "") for name in PUBLIC_TEXTS) for texts in (source, target)
    )
    # Nearly all texts lack nearly all terms, which the first word tells at once.
    words = said.casefold().replace("’", "'")
    return [
        term
        for term in terms
        if term.term.casefold().replace("’", "'").split()[0] in words
        and occurs(term.term, said)
        and not occurs(term.translation or term.term, made)
    ]


def agreed_terms(source: str, target: str) -> list[Term]:
    """Return the entries of the glossary for a pair of languages, without names of platforms."""
    if not _entries(source, target).exists():
        return []
    names = set(Platform.objects.values_list("name", flat=True))
    terms = glossary_for(source, target).terms
    return [term for term in terms if term.translation or term.term not in names]


def missed_in(
    source: Mapping[str, str], target: Mapping[str, str], languages: tuple[str, str]
) -> dict[str, str]:
    """Return what is wrong with the terms of a translation, each with a key without spaces.

    ``languages`` are that of ``source`` and that of ``target``.
    """
    missed = missed_terms(source, target, agreed_terms(*languages))
    return {f"term:{quote(term.term)}": said_of(term) for term in missed}


def said_of(term: Term) -> str:
    """Return in words what is wrong where a term was missed."""
    said = _("The glossary says “%(translation)s” for “%(term)s”; the translation does not.")
    return said % {"term": term.term, "translation": term.translation or term.term}


def missed_term(draft: CheckedText) -> Iterator[Finding]:
    """Yield terms of the text's source that the draft does not call as the glossary says."""
    if draft.article is None:
        return
    text = ArticleTranslation.objects.filter(article=draft.article, language=draft.language)
    source_language = text.values_list("source_language", flat=True).first()
    if not source_language or not (terms := agreed_terms(source_language, draft.language)):
        return
    source = ArticleTranslation.objects.filter(article=draft.article, language=source_language)
    for one in source:
        for term in missed_terms(one.texts(), draft.texts, terms):
            yield Finding("missed_term", said_of(term), is_hint=True)
