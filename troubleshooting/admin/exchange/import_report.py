"""What the page of an import shows once it is over: what became of each file and each text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ...importing import ArticleReport, DocumentReport, ImportOutcome
from ...importing.runs import staging
from ...importing.runs.recording import changing
from ...importing.runs.tally import ToldText, told_texts
from ...importing.wording import outcome_ahead, outcome_label, outcome_undone
from ...models import Article, ArticleTranslation, FormerAddress, ImportedDocument, ImportRun

TEXT = "troubleshooting_importrun_text"
_ON_A_PAGE = 25
#: What wants a look comes first.
_URGENCY = (
    ImportOutcome.FAILED,
    ImportOutcome.CONFLICT,
    ImportOutcome.WAITING,
    ImportOutcome.REMOVED,
    ImportOutcome.MERGED,
    ImportOutcome.UPDATED,
)
_LAST = (ImportOutcome.KEPT, ImportOutcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article of the report; ``pk`` is None where there is none (yet or any more).

    ``others`` are its texts that come from other files of the run; ``kin`` is the article that has
    its words now, or that it was split from.
    """

    report: ArticleReport
    label: str
    mark: str
    pk: int | None
    comparison: str
    others: list[ToldText]
    kin: ShownKin | None


class ShownKin(NamedTuple):
    """An article whose document has the words of another now, or had them before the import.

    ``merging`` is the address at which it takes in the other one.
    """

    pk: int
    title: str
    merging: str


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document of the report, its articles with those first that want a look.

    ``messages`` do not name the document again, which stands above them.
    """

    report: DocumentReport
    label: str
    mark: str
    messages: list[str]
    articles: list[ShownArticle]


def report_of(run: ImportRun, request: HttpRequest) -> dict[str, Any]:
    """Return what the template shows of an import that is over: the summary, then each file."""
    words, told = _words_of(run), list(told_texts(run))
    failed = run.documents.filter(outcome=ImportOutcome.FAILED).count()
    total = run.documents.count()
    urgent = [When(outcome=outcome, then=Value(n)) for n, outcome in enumerate(_URGENCY)]
    order = Case(*urgent, default=Value(len(_URGENCY)), output_field=IntegerField())
    page = Paginator(run.documents.order_by(order, "pk"), _ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    reports_of_page = [DocumentReport.from_json(row.report) for row in page.object_list]
    has_files = bool(run.is_upload and staging.folder_of(run.token))
    return {
        "documents": _shown_documents(
            reports_of_page, _comparisons(run, list(page.object_list)), words, told
        ),
        "page": page,
        "imported": total - failed,
        "failed": failed,
        "counts": _counts(told, words),
        "can_confirm": run.is_rehearsal and total > failed and (has_files or run.source),
        "is_gone": run.is_rehearsal and run.is_upload and not has_files,
        "can_undo": not run.is_rehearsal and run.undone is None and changing(run).exists(),
    }


class OutcomeCount(NamedTuple):
    """How many texts, and of how many articles, ended in one way; ``mark`` gives the colour."""

    mark: str
    label: str
    articles: int
    texts: int


def _counts(told: list[ToldText], words: RunWords) -> list[OutcomeCount]:
    ended = defaultdict(list)
    for text in told:
        label = words.of_article(text.outcome, text.slug, text.language)
        ended[text.outcome, label].append(text.slug)
    order = list(ImportOutcome)
    return [
        OutcomeCount(words.mark(outcome, label), label, len(set(slugs)), len(slugs))
        for (outcome, label), slugs in sorted(ended.items(), key=lambda one: order.index(one[0][0]))
    ]


@dataclass(frozen=True, slots=True)
class RunWords:
    """How a run calls what became of things: done, rehearsed, or taken back but for what is left.

    ``left`` are the languages of texts that were not taken back, with every slug of their article:
    a report has the one of then.
    """

    label: Callable[[ImportOutcome], str]
    left: frozenset[tuple[str, str]] = frozenset()

    @property
    def are_of_what_is_done(self) -> bool:
        """Return whether the run was no rehearsal, and nothing of it was taken back."""
        return self.label is outcome_label

    def of_article(self, outcome: ImportOutcome, slug: str, language: str) -> str:
        return (outcome_label if (slug, language) in self.left else self.label)(outcome)

    def mark(self, outcome: ImportOutcome, label: str) -> str:
        """Return the mark of an outcome: what was undone looks like what did not change."""
        is_undone = label != outcome_label(outcome) and self.label is outcome_undone
        return ImportOutcome.UNCHANGED if is_undone else outcome

    def of_document(self, report: DocumentReport) -> str:
        """Return what became of a document: it is as the import left it where a text of it is."""
        is_left = any((one.slug, report.language) in self.left for one in report.articles)
        return (outcome_label if is_left else self.label)(report.outcome)


def _words_of(run: ImportRun) -> RunWords:
    if run.is_rehearsal:
        return RunWords(outcome_ahead)
    if run.undone is None:
        return RunWords(outcome_label)
    articles = Article.objects.filter(pk__in=[row["article"] for row in run.left])
    slugs = defaultdict(list)
    for key, slug in _addresses(articles):
        slugs[str(key)].append(slug)
    left = ((slug, row["language"]) for row in run.left for slug in slugs[row["article"]])
    return RunWords(outcome_undone, frozenset(left))


def _addresses(articles: QuerySet[Article]) -> list[tuple[int, str]]:
    """Return the keys of ``articles`` with each slug of theirs, former ones first."""
    former = FormerAddress.objects.filter(article__in=articles.values("pk"))
    return [*former.values_list("article_id", "slug"), *articles.values_list("pk", "slug")]


def _shown_documents(
    reports: list[DocumentReport],
    comparisons: dict[tuple[int | None, str], str],
    words: RunWords,
    told: list[ToldText],
) -> list[ShownDocument]:
    """Return ``reports`` for the page; ``comparisons`` are addresses of their texts."""
    of_article = defaultdict(list)
    for text in told:
        of_article[text.slug].append(text)
    slugs = {slug for each in reports for one in each.articles for slug in (one.slug, one.kin)}
    called_so = Q(slug__in=slugs) | Q(former_addresses__slug__in=slugs)
    found = Article.objects.filter(called_so).distinct()
    keys = {slug: key for key, slug in _addresses(found)}

    def shown(article: ArticleReport, report: DocumentReport) -> ShownArticle:
        label = words.of_article(article.outcome, article.slug, report.language)
        key = keys.get(article.slug)
        return ShownArticle(
            article,
            label,
            words.mark(article.outcome, label),
            key,
            comparisons.get((key, report.language), ""),
            [text for text in of_article[article.slug] if text.path != report.path],
            kin_of(article, report.language, keys, words.are_of_what_is_done),
        )

    return [
        ShownDocument(
            report,
            label := words.of_document(report),
            words.mark(report.outcome, label),
            [_without_path(message, report.path) for message in report.said],
            [shown(article, report) for article in sorted(report.articles, key=_urgency)],
        )
        for report in reports
    ]


def kin_of(
    article: ArticleReport, language: str, keys: dict[str, int], is_done: bool
) -> ShownKin | None:
    """Return what ``article`` was split from or joined into; ``keys`` are those of addresses.

    The two can be merged where that ``is_done`` and they are still two: before it, or when it was
    taken back, the words are not where the report has them.
    """
    kin, own = keys.get(article.kin), keys.get(article.slug)
    if not article.kin or kin is None:
        return None
    text = ArticleTranslation.objects.filter(article=kin, language=language).first()
    merging = reverse("admin:troubleshooting_article_merge", args=[kin, language])
    address = f"{merging}?other={own}" if is_done and own and own != kin else ""
    return ShownKin(kin, text.title if text else article.kin, address)


def _without_path(message: str, path: str) -> str:
    """Return what a message says below the name of its document: of which line, and what."""
    place, _colon, said = message.removeprefix(path).partition(": ")
    if not message.startswith(path) or not said:
        return message
    line = place.removeprefix(":")
    return _("Line %(number)s: %(said)s") % {"number": line, "said": said} if line else said


def _comparisons(run: ImportRun, rows: list[ImportedDocument]) -> dict[tuple[int | None, str], str]:
    """Return the addresses of the pages of the texts that ``rows`` changed.

    They are found by the key of the article and the language.
    """
    return {
        (change["article"], change["language"]): reverse(
            f"admin:{TEXT}", args=[run.pk, row.pk, number]
        )
        for row in rows
        for number, change in enumerate(row.changes)
        if change.get("sides")
    }


def _urgency(article: ArticleReport) -> int:
    if article.outcome in _URGENCY:
        return _URGENCY.index(article.outcome)
    return 10 + (_LAST.index(article.outcome) + 1 if article.outcome in _LAST else 0)
