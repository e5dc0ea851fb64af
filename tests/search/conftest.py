"""A small base of articles for the search, and a way to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.kept import inserted
from troubleshooting.access import reader_for
from troubleshooting.models import Article, ArticleTranslation, Platform, SearchFacets
from troubleshooting.search import IndexDocument, SearchRequest, SearchResult, search, write_entry
from troubleshooting.search.words import frequencies as frequencies_module
from troubleshooting.search.words import vocabulary as vocabulary_module
from troubleshooting.texts.codes import parse_code
from troubleshooting.texts.structure import Passage


@pytest.fixture(autouse=True)
def _forget_what_processes_remember():
    """Tests roll back what they wrote; what was read of it must not outlive them."""
    vocabulary_module._vocabularies.clear()
    frequencies_module.frequencies.clear()


FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture
def shipped(db) -> None:
    """The shipped articles, imported once for all tests that ask for them."""
    inserted("shipped articles", _import_fixtures)


def _import_fixtures() -> None:
    call_command("import_docs", *sorted(map(str, FIXTURES.glob("*.md"))), verbosity=0)


def document(translation: ArticleTranslation, **parts) -> IndexDocument:
    """What to index: ``codes`` as spellings, and plain texts by section."""
    codes = [parse_code(code) for code in parts.pop("codes", ())]
    assert None not in codes
    messages = parts.pop("messages", ())
    passages = [Passage(f"{name}-1", name, text) for name, text in parts.items()]
    return IndexDocument(
        translation_id=translation.pk,
        article_id=translation.article_id,
        language=translation.language,
        title=translation.title,
        messages=messages,
        codes=codes,
        passages=passages,
        **parts,
    )


def add(slug: str, platforms=(), languages=None, **fields) -> Article:
    """Add an article with its texts and index them, as the write path does."""
    article = Article.objects.create(slug=slug, **{"status": "published", **fields})
    for name in platforms:
        platform, _ = Platform.objects.get_or_create(slug=name, defaults={"name": name})
        article.platforms.add(platform)
    for language, parts in (languages or {}).items():
        parts = dict(parts)
        translation = ArticleTranslation.objects.create(
            article=article, language=language, title=parts.pop("title")
        )
        write_entry(connection, document(translation, **parts))
    return article


def ask(text: str, language: str = "fr", user=None, **options) -> SearchResult:
    """The result of a search by ``user`` (None: anonymous)."""
    request = SearchRequest(text, language, **options)
    return search(SearchFacets.objects.visible_to(reader_for(user)), request)


def slugs(result: SearchResult) -> list[str]:
    """The articles found, in order."""
    return [hit.slug for hit in result.hits]


CAP_FR = {
    "title": "Nombre maximal d’appareils atteint",
    "messages": ["Portail d’entreprise temporairement indisponible"],
    "codes": ["DeviceCapReached", "0x8007064C"],
    "problem": "L’écran montre : Portail d’entreprise temporairement indisponible.",
    "cause": "Le journal contient DeviceCapReached et 0x8007064c : trop d’appareils.",
    "resolution": "Retirez les appareils qui ne servent plus, puis recommencez l’inscription.",
}
CAP_EN = {
    "title": "Too many devices",
    "messages": ["Company Portal Temporarily Unavailable"],
    "codes": ["DeviceCapReached", "0x8007064C"],
    "problem": "The screen reads Company Portal Temporarily Unavailable.",
    "cause": "The log holds DeviceCapReached and 0x8007064C: too many devices.",
    "resolution": "Remove devices that are no longer used and enroll again.",
}


@pytest.fixture
def base(db) -> Callable[..., Article]:
    """Articles about enrolment on several platforms; returns ``add`` for more."""
    add("device-cap", ["ios", "android"], {"fr": CAP_FR, "en": CAP_EN})
    add(
        "profile-ios",
        ["ios"],
        {
            "fr": {
                "title": "Profil refusé sur iPhone",
                "messages": ["Échec de l’installation du profil"],
                "codes": ["0x80CF0440"],
                "problem": "L’installation s’arrête : Échec de l’installation du profil.",
            }
        },
    )
    add(
        "profile-android",
        ["android"],
        {
            "fr": {
                "title": "Profil refusé sur Android",
                "messages": ["Échec de l’installation du profil"],
                "problem": "L’installation s’arrête : Échec de l’installation du profil.",
            }
        },
    )
    add(
        "license",
        [],
        {
            "en": {
                "title": "License not assigned",
                "messages": ["Your IT admin needs to assign license for access"],
                "codes": ["0x80180018", "0x00240005", "AADSTS50020", "5.7.124", "0xAB2"],
                "problem": "Users without a license cannot sign in.",
            }
        },
        kind="error",
    )
    add(
        "authority",
        [],
        {
            "fr": {
                "title": "Autorité de gestion non définie",
                "codes": ["MdmAuthorityNotDefined"],
                "problem": "L’administrateur doit définir l’autorité de gestion.",
            }
        },
    )
    return add
