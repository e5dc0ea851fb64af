"""The list's filters, held in the address, and their facets with counts.

Values of one facet widen the result (Android or iOS), facets narrow it together (Android, and
an error). Every count is that of the whole result, and a value that leads nowhere is not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import django_filters
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .codes import normalise_spelling, parse_code
from .models import Article, ArticleTranslation, CodeCitation, Platform, Symptom

#: The value of the platform facet for articles that apply to all platforms.
ALL_PLATFORMS = "all"
#: Words beyond this number are not looked for: each costs a condition.
MAXIMUM_WORDS = 8
#: A shorter beginning would find nearly every code.
SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; ``count`` is the number of articles that choosing it shows."""

    value: str
    label: str
    count: int
    selected: bool
    platform: Platform | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A question with the values that have an answer; ``name`` is the parameter."""

    name: str
    label: str
    options: list[Option]


class ArticleFilter(django_filters.FilterSet):
    """Words, platform, kind and language; a value that is not known is ignored and reported."""

    q = django_filters.CharFilter(label=_("Words, code or message"), max_length=200)
    platform = django_filters.MultipleChoiceFilter(label=_("Platform"))
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Article.Kind.choices)
    language = django_filters.MultipleChoiceFilter(
        label=_("Available in"),
        choices=[(code, capfirst(name)) for code, name in settings.LANGUAGES],
    )

    facet_names = ("platform", "kind", "language")

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.platforms = {platform.slug: platform for platform in Platform.objects.all()}
        names = [(slug, platform.name) for slug, platform in self.platforms.items()]
        self.filters["platform"].extra["choices"] = [*names, (ALL_PLATFORMS, _("All platforms"))]

    @property
    def words(self) -> str:
        """What the reader typed, if it can be looked for."""
        return self._valid("q") or ""

    @property
    def ignored(self) -> list[str]:
        """Labels of the parameters whose value was not understood."""
        return [self.filters[name].label for name in self.form.errors if name in self.filters]

    def selected(self, name: str) -> list[str]:
        """The chosen and known values of a facet."""
        return self._valid(name) or []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The articles that match the words and every facet."""
        matching = queryset.filter(words_condition(self.words))
        for name in self.facet_names:
            matching = matching.filter(self._chosen(name))
        return matching

    def facets(self) -> list[Facet]:
        """All facets with their counts, by one query."""
        keys = [(name, value) for name in self.facet_names for value, _label in self._choices(name)]
        counted = {
            f"n{number}": Count("pk", filter=self._others(name) & self.condition(name, value))
            for number, (name, value) in enumerate(keys)
        }
        found = self.queryset.filter(words_condition(self.words)).aggregate(**counted)
        counts = dict(zip(keys, found.values(), strict=True))
        facets = (
            Facet(name, self.filters[name].label, list(self._options(name, counts)))
            for name in self.facet_names
        )
        return [facet for facet in facets if facet.options]

    def condition(self, name: str, value: str) -> Q:
        """The condition under which an article has ``value`` in the facet ``name``."""
        if name == "platform":
            return self._platform_condition(value)
        if name == "language":
            texts = ArticleTranslation.objects.filter(article=OuterRef("pk"), language=value)
            return Q(Exists(texts))
        return Q(**{name: value})

    def _platform_condition(self, value: str) -> Q:
        links = Article.platforms.through.objects.filter(article=OuterRef("pk"))
        applies_to_all = ~Q(Exists(links))
        if value == ALL_PLATFORMS:
            return applies_to_all
        return Q(Exists(links.filter(platform=self.platforms[value]))) | applies_to_all

    def _valid(self, name: str):
        return self.form.cleaned_data.get(name) if self.is_bound or self.form.is_valid() else None

    def _chosen(self, name: str) -> Q:
        condition = Q()
        for value in self.selected(name):
            condition |= self.condition(name, value)
        return condition

    def _others(self, name: str) -> Q:
        condition = Q()
        for other in self.facet_names:
            if other != name:
                condition &= self._chosen(other)
        return condition

    def _choices(self, name: str) -> list[tuple[str, str]]:
        return self.filters[name].extra["choices"]

    def _options(self, name: str, counts: dict[tuple[str, str], int]) -> Iterator[Option]:
        chosen = self.selected(name)
        for value, label in self._choices(name):
            count = counts[name, value]
            if count or value in chosen:
                yield Option(value, label, count, value in chosen, self._platform(name, value))

    def _platform(self, name: str, value: str) -> Platform | None:
        return self.platforms.get(value) if name == "platform" else None


def words_condition(text: str) -> Q:
    """Articles that cite the code ``text``, or hold each of its words in a title or message."""
    words = text.split()[:MAXIMUM_WORDS]
    if not words:
        return Q()
    of_article = {"translation__article": OuterRef("pk")}
    by_words = Q()
    for word in words:
        titles = ArticleTranslation.objects.filter(article=OuterRef("pk"), title__icontains=word)
        messages = Symptom.objects.filter(**of_article, text__icontains=word)
        by_words &= Q(Exists(titles)) | Q(Exists(messages))
    return by_words | _cites_code(text, of_article)


def _cites_code(text: str, of_article: dict[str, OuterRef]) -> Q:
    """Articles that cite the code ``text``, or one whose spelling begins like it."""
    key = normalise_spelling(text)
    if len(key) < SHORTEST_PREFIX:
        return Q()
    spelt = Q(code__spellings__key__startswith=key) | Q(code__spellings__key__in=code_keys(text))
    return Q(Exists(CodeCitation.objects.filter(spelt, **of_article)))


def code_keys(text: str) -> list[str]:
    """The look-up keys of what may be a code, as typed and as its canonical spelling has it."""
    code = parse_code(text)
    keys = [normalise_spelling(text), code.key if code else ""]
    return [key for key in dict.fromkeys(keys) if key]
