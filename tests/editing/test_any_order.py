"""Whatever editors and imports do, in any order: what is derived equals a rebuild from the texts.

A state machine makes 1,000 random moves: edits, changes of state by hand and by themselves,
splits, restored revisions, imports, deletions, and any of them rolled back.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.people import make_groups, person
from troubleshooting.caching import version
from troubleshooting.deriving import derive, snippets_named
from troubleshooting.editing import (
    TRANSITIONS,
    EditConflict,
    change_status,
    create_article,
    discard_pending,
    publish_pending,
    restore_article,
    restore_revision,
    save_pending,
    save_translation,
    submit_pending,
    transitions_for,
    trash_articles,
)
from troubleshooting.editing.reusing import (
    begin_from_template,
    delete_snippets,
    delete_templates,
    save_snippet,
    save_template,
    stale_texts,
    texts_of_template,
)
from troubleshooting.editing.scheduling import (
    carry_out_due,
    schedule_end,
    schedule_pending,
    schedule_publication,
)
from troubleshooting.editing.talking import add_comment
from troubleshooting.editing.whole import SplitWish, parts_to_split, split_article
from troubleshooting.importing import import_paths
from troubleshooting.models import (
    Article,
    ArticleTemplate,
    ArticleTranslation,
    CodeCitation,
    Comment,
    PendingRevision,
    RenderedTranslation,
    Resolution,
    Revision,
    ScheduledChange,
    SearchEntry,
    SearchText,
    Snippet,
    SnippetRevision,
    SnippetUse,
    StatusChange,
    Step,
    Symptom,
    TemplateUse,
    TrashedArticle,
    UnfinishedTranslation,
)
from troubleshooting.search import document_of
from troubleshooting.search.index.verifying import differences
from troubleshooting.texts.structure import StructuredArticle, structure_article

pytestmark = pytest.mark.django_db
#: On each engine; they are other ones in every run.
MOVES = 1_000
#: For as many workers; together they make all moves.
PARTS = 2
DERIVED = (Symptom, Resolution, Step, CodeCitation, SnippetUse, RenderedTranslation)

WORDS = st.sampled_from(
    ["appareil", "device", "{{mot}}", "`{{code}}`",
     "0x80180014", "DeviceCapReached", "**Paramètres**", "`dsregcmd`",
     "l’heure", "échec"]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
SECTIONS = st.one_of(
    st.just(""),
    LINES,
    LINES.map(lambda line: f"Le message « {line} » s’affiche."),
    st.sampled_from(["[!SNIPPET un]", "1. D’abord.\n\n[!SNIPPET deux]\n\n2. Enfin."]),
    st.lists(LINES, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    ),
)
TEXTS = st.fixed_dictionaries(
    {
        "title": LINES,
        "problem": SECTIONS,
        "cause": SECTIONS,
        "resolution": SECTIONS,
        "internal": st.sampled_from(["", "Note 0xDEADBEEF."]),
    }
)
LANGUAGES = st.sampled_from(["fr", "en"])
NUMBERS = st.integers(0, 10_000)
SOMETIMES = st.sampled_from([False, False, False, True])


class _RolledBackError(Exception):
    """Ends the transaction of a move that is taken back."""


class Editors(RuleBasedStateMachine):
    """Several people at one base; each example runs in a transaction that is rolled back."""

    folder = None
    moves = 0

    @initialize()
    def open(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        make_groups()
        self.user = person("administrator")

    def teardown(self) -> None:
        try:
            check_everything()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def move(self, rolled_back: bool, action) -> None:
        """Do ``action``, or do it and take it back; nothing may be left of it then."""
        type(self).moves += 1
        before = state() if rolled_back else None
        try:
            with transaction.atomic():
                action()
                if rolled_back:
                    raise _RolledBackError
        except (_RolledBackError, ValidationError, EditConflict):
            assert before is None or state() == before

    def article(self, number: int) -> Article:
        articles = list(Article.objects.order_by("pk"))
        return articles[number % len(articles)]

    @rule(texts=TEXTS, language=LANGUAGES, rolled_back=SOMETIMES)
    def create(self, texts, language, rolled_back) -> None:
        def action() -> None:
            article = create_article(title=texts["title"], owner=self.user)
            write(article, language, texts, self.user, 0)

        self.move(rolled_back, action)

    @precondition(lambda self: Article.objects.exists())
    @rule(number=NUMBERS, texts=TEXTS, language=LANGUAGES, stale=st.booleans(),
          rolled_back=SOMETIMES)  # fmt: skip
    def edit(self, number, texts, language, stale, rolled_back) -> None:
        article = self.article(number)
        text = article.translations.filter(language=language).first()
        base = (text.revision_number if text else 0) - (1 if stale else 0)
        self.move(rolled_back, lambda: write(article, language, texts, self.user, base))

    @precondition(lambda self: Article.objects.exists())
    @rule(number=NUMBERS, name=st.sampled_from(sorted(TRANSITIONS)), rolled_back=SOMETIMES)
    def lead(self, number, name, rolled_back) -> None:
        article = self.article(number)
        allowed = {way.name for way in transitions_for(self.user, article)}
        before = article.status
        options = {"user": self.user, "comment": "Parce que.", "accept_missing": True}
        self.move(rolled_back, lambda: change_status(article, name, **options))
        now = Article.objects.get(pk=article.pk).status
        if rolled_back or name not in allowed:
            assert now == before
        else:
            assert now in (before, TRANSITIONS[name].target)

    @precondition(lambda self: Revision.objects.exists())
    @rule(number=NUMBERS, rolled_back=SOMETIMES)
    def restore(self, number, rolled_back) -> None:
        revisions = list(Revision.objects.order_by("pk"))
        revision = revisions[number % len(revisions)]
        options = {"author": self.user, "comment": "", "base_revision": None}
        self.move(rolled_back, lambda: restore_revision(revision, **options))

    @precondition(lambda self: Article.objects.filter(status="published").exists())
    @rule(number=NUMBERS, texts=TEXTS, language=LANGUAGES,
          origin=st.sampled_from(Revision.Origin.values), rolled_back=SOMETIMES)  # fmt: skip
    def begin_pending(self, number, texts, language, origin, rolled_back) -> None:
        articles = list(Article.objects.filter(status="published").order_by("pk"))
        article = articles[number % len(articles)]
        text = article.translations.filter(language=language).first()
        token = version.state(connection).token
        options = {"author": self.user, "origin": origin,
                   "base_revision": text.revision_number if text else 0}  # fmt: skip
        self.move(
            rolled_back,
            lambda: save_pending(article=article, language=language, texts=texts, **options),
        )
        assert version.state(connection).token == token, "readers were told of a change"

    @precondition(lambda self: PendingRevision.objects.exists())
    @rule(number=NUMBERS, act=st.sampled_from([publish_pending, submit_pending, discard_pending]),
          rolled_back=SOMETIMES)  # fmt: skip
    def decide_pending(self, number, act, rolled_back) -> None:
        waiting = list(PendingRevision.objects.order_by("pk"))
        pending = waiting[number % len(waiting)]
        if act is submit_pending and pending.article.status != Article.Status.PUBLISHED:
            with pytest.raises(PermissionDenied):  # what is no longer live is edited itself
                act(pending, user=self.user)
            return
        self.move(rolled_back, lambda: act(pending, user=self.user))

    @precondition(lambda self: Article.objects.exists())
    @rule(number=NUMBERS, part=NUMBERS, pointer=st.booleans(), rolled_back=SOMETIMES)
    def split(self, number, part, pointer, rolled_back) -> None:
        article = self.article(number)
        keys = [row.key for row in parts_to_split(article)]
        chosen = frozenset(keys[part % len(keys) :][:2] if keys else ["nothing"])
        seen = dict(article.translations.values_list("language", "revision_number"))
        wish = SplitWish(chosen, dict.fromkeys(seen, "Un autre"), seen, pointer)
        self.move(rolled_back, lambda: split_article(article, wish, user=self.user))

    @rule(key=st.sampled_from(["un", "deux"]), text=SECTIONS, language=LANGUAGES,
          rolled_back=SOMETIMES)  # fmt: skip
    def write_snippet(self, key, text, language, rolled_back) -> None:
        snippet = Snippet.objects.filter(key=key).first() or Snippet(key=key)
        texts = {**snippet.texts, language: text}
        self.move(rolled_back, lambda: save_snippet(snippet, texts, author=self.user))

    @precondition(lambda self: Snippet.objects.exists())
    @rule(rolled_back=SOMETIMES)
    def delete_snippet(self, rolled_back) -> None:
        one = Snippet.objects.order_by("pk")[:1]
        used = SnippetUse.objects.filter(key=one[0].key).exists()
        self.move(rolled_back, lambda: delete_snippets(one))
        assert not used or Snippet.objects.filter(pk=one[0].pk).exists()

    @rule(name=st.sampled_from(["un", "deux"]), texts=TEXTS, language=LANGUAGES,
          rolled_back=SOMETIMES)  # fmt: skip
    def write_template(self, name, texts, language, rolled_back) -> None:
        one = next((t for t in ArticleTemplate.objects.all() if t.text("name") == name), None)
        template, token = one or ArticleTemplate(), version.state(connection).token
        said = {**template.texts, language: {**texts, "name": name}}
        self.move(rolled_back, lambda: save_template(template, said))
        assert version.state(connection).token == token, "readers were told of a change"

    @precondition(lambda self: ArticleTemplate.objects.exists())
    @rule(number=NUMBERS, language=LANGUAGES, rolled_back=SOMETIMES)
    def begin(self, number, language, rolled_back) -> None:
        templates = list(ArticleTemplate.objects.order_by("pk"))
        template = templates[number % len(templates)]

        def action() -> None:
            texts = texts_of_template(template, language)
            article = create_article(title=texts["title"] if texts else "-", owner=self.user)
            write(article, language, texts or {"title": "-"}, self.user, 0)
            begin_from_template(article, template, language, author=self.user)

        self.move(rolled_back, action)

    @precondition(lambda self: ArticleTemplate.objects.exists())
    @rule(rolled_back=SOMETIMES)
    def delete_template(self, rolled_back) -> None:
        begun = TemplateUse.objects.count()
        one = ArticleTemplate.objects.order_by("pk")[:1]
        self.move(rolled_back, lambda: delete_templates(list(one)))
        assert TemplateUse.objects.count() == begun, "articles know what they were begun with"

    @precondition(lambda self: Article.objects.exists())
    @rule(number=NUMBERS, said=LINES, rolled_back=SOMETIMES)
    def talk(self, number, said, rolled_back) -> None:
        article, token = self.article(number), version.state(connection).token
        self.move(rolled_back, lambda: add_comment(article, said, author=self.user))
        assert version.state(connection).token == token, "readers were told of a change"

    @precondition(lambda self: Article.objects.exists())
    @rule(number=NUMBERS, hours=st.integers(-1, 9), act=st.sampled_from(["end", "live", "pending"]),
          rolled_back=SOMETIMES)  # fmt: skip
    def schedule(self, number, hours, act, rolled_back) -> None:
        article, at = self.article(number), timezone.now() + timedelta(hours=hours)
        pending = PendingRevision.objects.filter(article=article).first()
        token = version.state(connection).token

        def action() -> None:
            if act == "pending" and pending:
                schedule_pending(pending, at, user=self.user, number=pending.number)
            elif act == "end":
                schedule_end(article, at, user=self.user)
            else:
                schedule_publication(article, at, user=self.user)

        self.move(rolled_back, action)
        assert version.state(connection).token == token, "readers were told of a change"

    @precondition(lambda self: ScheduledChange.objects.exists())
    @rule(hours=st.integers(0, 9), rolled_back=SOMETIMES)
    def let_time_pass(self, hours, rolled_back) -> None:
        at = timezone.now() + timedelta(hours=hours)
        self.move(rolled_back, lambda: carry_out_due(at))

    @rule(problems=st.lists(TEXTS, min_size=1, max_size=2), language=LANGUAGES,
          rolled_back=SOMETIMES)  # fmt: skip
    def bring_in(self, problems, language, rolled_back) -> None:
        path = self.folder / f"guide.{language}.md"
        path.write_text(document(problems), "utf-8")
        self.move(rolled_back, lambda: import_paths([str(path)], language=language))

    @precondition(lambda self: Article.objects.count() > 3)
    @rule(number=NUMBERS, rolled_back=SOMETIMES)
    def delete(self, number, rolled_back) -> None:
        article = self.article(number)
        self.move(rolled_back, lambda: trash_articles([article], user=self.user))

    @precondition(lambda self: TrashedArticle.objects.exists())
    @rule(number=NUMBERS, rolled_back=SOMETIMES)
    def bring_back(self, number, rolled_back) -> None:
        trashed = list(TrashedArticle.objects.order_by("pk"))
        one = trashed[number % len(trashed)]
        self.move(rolled_back, lambda: restore_article(one, user=self.user))


def write(article, language, texts, user, base) -> None:
    save_translation(
        article=article, language=language, texts=texts, author=user,
        origin=Revision.Origin.EDITOR, base_revision=max(base, 0),
    )  # fmt: skip


def document(problems: list[dict]) -> str:
    """A document with a heading for each problem, in the dialect."""
    parts = ["# Guide", "Introduction."]
    for number, texts in enumerate(problems, 1):
        parts += [f"## Problème {number}", texts["problem"] or "Refus.", "**Résolution**:"]
        parts.append(texts["resolution"] or "1. Recommencez.")
    return "\n\n".join(parts) + "\n"


def rows(model, **which) -> list:
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    names = [name for name in names if name != "modified"]
    return sorted(model.objects.filter(**which).values_list(*names), key=repr)


def all_of(model) -> list:
    """Every row as the database holds it, which takes less time than to ask for it as ``rows``."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    named = ", ".join(connection.ops.quote_name(one) for one in columns if one != "modified")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {named} FROM {model._meta.db_table}")
        return sorted(cursor.fetchall(), key=repr)


def state() -> list:
    """Every row, and the token that triggers replace with every change of content."""
    models = (
        *(Article, ArticleTranslation, Revision, PendingRevision, StatusChange, ScheduledChange),
        *(SearchText, SearchEntry, Comment, Snippet, SnippetRevision),
        *(ArticleTemplate, TemplateUse, UnfinishedTranslation),
        *DERIVED,
    )
    return [version.state(connection).token, *map(all_of, models)]


def again(article: Article) -> None:
    """Deriving the article's texts anew changes nothing."""
    for text in ArticleTranslation.objects.filter(article=article):
        before = [rows(model, translation=text) for model in DERIVED]
        derive(text)
        assert [rows(model, translation=text) for model in DERIVED] == before


def structured_by_itself(text: ArticleTranslation) -> StructuredArticle:
    known = snippets_named(text.texts().values(), text.language)
    return structure_article(text.texts(), text.language, snippets=known.texts)


def check_everything() -> None:
    texts = list(ArticleTranslation.objects.order_by("pk"))
    for snippet in Snippet.objects.all():
        for text in stale_texts(snippet):
            derive(text)  # as the worker would, where they are many
    documents = [document_of(text, structured_by_itself(text)) for text in texts]
    assert list(differences(connection, documents)) == []
    for text in texts:
        numbers = text.revisions.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, text.revision_number + 1))
        assert text.revisions.get(number=text.revision_number).texts() == text.texts()
    for article in Article.objects.all():
        again(article)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("same_process")
def test_any_order_of_many_moves(part, tmp_path):
    class Here(Editors):
        folder = tmp_path

    while PARTS * Here.moves < MOVES:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=5,
                phases=[Phase.generate],
                stateful_step_count=50,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
