"""The search over everything: articles in any state, codes, documents, people, pages.

Whoever asks finds what they may open in the administration, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...access import VIEW_ARTICLE, reader_of
from ...models import (
    Article,
    ArticleTemplate,
    ArticleTranslation,
    CodeSpelling,
    ErrorCode,
    GlossaryTerm,
    Platform,
    SearchFacets,
    SourceDocument,
)
from ...search import SearchRequest, search
from ...search.words.folding import fold
from ...texts.codes import normalise_spelling
from . import guide
from .menu import other_names, own_pages

NAME = "troubleshooting_everything"
#: Rows of a group while somebody types, and on the page.
_SHORT, _LONG = 6, 25
_LONGEST = 200


class Found(NamedTuple):
    """One thing: where it is, what it is called, in which language, and a fact that tells it."""

    url: str
    name: str
    language: str = ""
    fact: str = ""


class Group(NamedTuple):
    """Things of one kind below a heading."""

    label: str
    rows: list[Found]


class Everything(NamedTuple):
    """The answer to one query: what was found, in groups by kind."""

    query: str
    groups: list[Group]

    @property
    def number(self) -> int:
        """Return how many things were found."""
        return sum(len(group.rows) for group in self.groups)


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page, which also answers while somebody types (``part``)."""

    def everything(request: HttpRequest) -> HttpResponse:
        is_part = "part" in request.GET
        query = " ".join(request.GET.get("q", "")[:_LONGEST].replace("\0", " ").split())
        context = site.each_context(request)
        found = find(request, query, context["available_apps"], _SHORT if is_part else _LONG)
        context |= {"title": _("Search everything"), "everything": found}
        name = "found" if is_part else "everything"
        return TemplateResponse(request, f"admin/shell/{name}.html", context)

    return [path("everything/", site.admin_view(everything), name=NAME)]


def find(request: HttpRequest, query: str, menu: list[dict[str, Any]], most: int) -> Everything:
    """Return up to ``most`` things of each kind; ``menu`` holds the pages that are open to them."""
    if not query:
        return Everything("", [])
    user = request.user
    groups = [
        Group(str(_("Pages")), list(_pages(query, menu, user))[:most]),
        Group(str(_("Guide")), list(_chapters(query))[:most]),
    ]
    if user.has_perm(VIEW_ARTICLE):
        groups.append(Group(str(_("Articles")), _articles(request, query, most)))
    for model, label, rows in (
        ("errorcode", _("Error codes"), _codes),
        ("sourcedocument", _("Source documents"), _documents),
        ("platform", _("Platforms"), _platforms),
        ("glossaryterm", _("Glossary"), _terms),
        ("articletemplate", _("Templates"), _templates),
    ):
        if user.has_perm(f"troubleshooting.view_{model}"):
            found = [
                Found(_address(model, key), name, fact=fact)
                for key, name, fact in rows(query, most)
            ]
            groups.append(Group(str(label), found))
    if user.has_perm("auth.view_user"):
        groups.append(Group(str(_("People")), list(_people(query, most))))
    return Everything(query, [group for group in groups if group.rows])


def _address(model: str, key: int, app: str = "troubleshooting") -> str:
    return reverse(f"admin:{app}_{model}_change", args=[key])


def _pages(query: str, menu: list[dict[str, Any]], user: User | AnonymousUser) -> Iterator[Found]:
    """Yield pages by what they are called, here or elsewhere."""
    own = {"name": _("Own pages"), "models": own_pages(user)}
    for group in (*menu, own):
        for page in group["models"]:
            name = capfirst(str(page["name"]))
            if page["admin_url"] and _is_called(query, f"{name} {other_names(page)}"):
                yield Found(page["admin_url"], name, fact=str(group["name"]))
            if page["object_name"] == "Article" and page["add_url"]:
                writing = _("Write an article")
                if _is_called(query, writing):
                    yield Found(page["add_url"], writing, fact=name)


def _chapters(query: str) -> Iterator[Found]:
    for chapter in guide.chapters():
        if _is_called(query, chapter.heading):
            yield Found(f"{reverse(f'admin:{guide.NAME}')}#{chapter.anchor}", chapter.heading)


def _is_called(query: str, name: str) -> bool:
    """Return whether each word of the query stands in a name, with or without accents."""
    folded = fold(name)
    return all(word in folded for word in fold(query).split())


def article_keys(request: HttpRequest, query: str, most: int, language: str) -> list[int]:
    """Return up to ``most`` articles in any state, the best first.

    They are found by words and codes as readers search, and by address; those without a text too.
    """
    reader = reader_of(request)
    visible = SearchFacets.objects.visible_to(reader)
    result = search(visible, SearchRequest(text=query, language=language, limit=most))
    keys = [hit.article_id for hit in result.hits]
    by_name = Article.objects.visible_to(reader).filter(
        Q(slug__icontains=query) | Q(translations__title__icontains=query)
    )
    keys += by_name.order_by("pk").values_list("pk", flat=True)[:most]
    return list(dict.fromkeys(keys))[:most]


def _articles(request: HttpRequest, query: str, most: int) -> list[Found]:
    language = get_language()
    keys = article_keys(request, query, most, language)
    articles = Article.objects.in_bulk(keys)
    titles: dict[int, ArticleTranslation] = {}
    texts = ArticleTranslation.objects.filter(article__in=keys).best_first(language)
    for text in texts.only("article", "title", "language"):
        titles.setdefault(text.article_id, text)
    return [_article(articles[key], titles.get(key)) for key in keys if key in articles]


def _article(article: Article, text: ArticleTranslation | None) -> Found:
    address = _address("article", article.pk)
    state = article.get_status_display()
    if text is None:
        return Found(address, article.slug, fact=state)
    return Found(f"{address}?language={text.language}", text.title, text.language, state)


def _codes(query: str, most: int) -> Iterator[tuple[int, str, str]]:
    spelt = CodeSpelling.objects.filter(key__startswith=normalise_spelling(query)).values("code")
    codes = ErrorCode.objects.filter(Q(pk__in=spelt) | Q(canonical__icontains=query))
    for code in codes.order_by("canonical")[:most]:
        yield code.pk, code.canonical, ""


def _documents(query: str, most: int) -> Iterator[tuple[int, str, str]]:
    rows: QuerySet[Any] = SourceDocument.objects.filter(
        Q(title__icontains=query) | Q(path__icontains=query)
    )
    for key, title, where, language in rows.order_by("title").values_list(
        "pk", "title", "path", "language"
    )[:most]:
        yield key, title or where, language.upper()


def _platforms(query: str, most: int) -> Iterator[tuple[int, str, str]]:
    for platform in Platform.objects.filter(name__icontains=query)[:most]:
        yield platform.pk, platform.name, ""


def _terms(query: str, most: int) -> Iterator[tuple[int, str, str]]:
    for term in GlossaryTerm.objects.all():
        if query.casefold() in str(term).casefold() and most > 0:
            most -= 1
            yield term.pk, str(term), ""


def _templates(query: str, most: int) -> Iterator[tuple[int, str, str]]:
    for template in ArticleTemplate.objects.all():
        names = " ".join(said.get("name", "") for said in template.texts.values())
        if query.casefold() in names.casefold() and most > 0:
            most -= 1
            yield template.pk, str(template), template.text("description")


def _people(query: str, most: int) -> Iterator[Found]:
    named = Q()
    for word in query.split():
        named &= (
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    for user in User.objects.filter(named).order_by("username")[:most]:
        yield Found(
            _address("user", user.pk, "auth"),
            user.get_full_name() or user.username,
            fact=user.username,
        )
