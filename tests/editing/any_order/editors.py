"""The moves that editors and imports make, each a rule of a state machine of Hypothesis."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    rule,
)

from tests.editing.any_order.base import (
    check_everything,
    document,
    live_texts,
    state,
    uses_of,
    write,
)
from tests.editing.any_order.choices import (
    LANGUAGES,
    LINES,
    NUMBERS,
    SECTIONS,
    SOMETIMES,
    TEXTS,
    WORDS,
)
from tests.editing.any_order.conditions import Asking, where
from tests.people import make_groups, person
from troubleshooting.caching import version
from troubleshooting.editing import (
    TRANSITIONS,
    EditConflict,
    change_status,
    create_article,
    discard_pending,
    publish_pending,
    restore_article,
    restore_revision,
    revisions_of,
    save_pending,
    submit_pending,
    take_back,
    transitions_for,
    trash_articles,
)
from troubleshooting.editing.reusing import (
    approve_proposed,
    begin_from_template,
    delete_snippets,
    delete_templates,
    discard_proposed,
    save_snippet,
    save_template,
    texts_of_template,
)
from troubleshooting.editing.scheduling import (
    carry_out_due,
    schedule_end,
    schedule_pending,
    schedule_publication,
)
from troubleshooting.editing.talking import add_comment
from troubleshooting.editing.whole import (
    Replacement,
    SplitWish,
    matches,
    merge_articles,
    parts_to_split,
    replace_in,
    split_article,
)
from troubleshooting.importing import import_paths
from troubleshooting.models import (
    Article,
    ArticleTemplate,
    ArticleTranslation,
    BulkChange,
    PendingRevision,
    Revision,
    Snippet,
    SnippetUse,
    TemplateUse,
    TrashedArticle,
)


class _RolledBackError(Exception):
    """Ends the transaction of a move that is taken back."""


class Editors(Asking):
    """Several people at one base; each example runs in a transaction that is rolled back."""

    folder = None
    moves = 0
    #: How often each kind of move went through.
    done: Counter[str] = Counter()

    @initialize()
    def open(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        make_groups()
        self.user = person("administrator")
        self.outsider = person("reviewer")
        self.publish_one_with_a_snippet()

    def publish_one_with_a_snippet(self) -> None:
        """Begin with what waits for a second look when it changes, so that this happens often.

        And with one that nothing uses, which can be deleted.
        """
        for key in ("un", "unused"):
            save_snippet(Snippet(key=key), {"fr": "Redémarrez."}, author=self.user)
        texts = {"title": "Refus", "problem": "Refus.", "resolution": "[!SNIPPET un]"}
        article = create_article(title="Refus", owner=self.user)
        write(article, "fr", texts, self.user, 0)
        change_status(article, "publish", user=self.user, comment="", accept_missing=True)

    def teardown(self) -> None:
        try:
            check_everything()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def move(self, name: str, rolled_back: bool, action) -> None:
        """Do ``action``, or do it and take it back; nothing may be left of it then."""
        type(self).moves += 1
        before = state() if rolled_back else None
        try:
            with transaction.atomic():
                action()
                if rolled_back:
                    raise _RolledBackError
            self.done[name] += 1
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

        self.move("create", rolled_back, action)

    @where("an article")
    @rule(number=NUMBERS, texts=TEXTS, language=LANGUAGES, stale=st.booleans(),
          rolled_back=SOMETIMES)  # fmt: skip
    def edit(self, number, texts, language, stale, rolled_back) -> None:
        article = self.article(number)
        text = article.translations.filter(language=language).first()
        base = (text.revision_number if text else 0) - (1 if stale else 0)
        self.move("edit", rolled_back, lambda: write(article, language, texts, self.user, base))

    @where("an article")
    @rule(number=NUMBERS, name=st.sampled_from(sorted(TRANSITIONS)), rolled_back=SOMETIMES)
    def lead(self, number, name, rolled_back) -> None:
        article = self.article(number)
        allowed = {way.name for way in transitions_for(self.user, article)}
        before = article.status
        options = {"user": self.user, "comment": "Parce que.", "accept_missing": True}
        self.move("lead", rolled_back, lambda: change_status(article, name, **options))
        now = Article.objects.get(pk=article.pk).status
        if rolled_back or name not in allowed:
            assert now == before
        else:
            assert now in (before, TRANSITIONS[name].target)

    @where("a revision")
    @rule(number=NUMBERS, rolled_back=SOMETIMES)
    def restore(self, number, rolled_back) -> None:
        revisions = list(Revision.objects.order_by("pk"))
        revision = revisions[number % len(revisions)]
        options = {"author": self.user, "comment": "", "base_revision": None}
        self.move("restore", rolled_back, lambda: restore_revision(revision, **options))

    @where("a live article")
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
            "begin_pending",
            rolled_back,
            lambda: save_pending(article=article, language=language, texts=texts, **options),
        )
        assert version.state(connection).token == token, "readers were told of a change"

    @where("a pending revision")
    @rule(number=NUMBERS, act=st.sampled_from([publish_pending, submit_pending, discard_pending]),
          rolled_back=SOMETIMES)  # fmt: skip
    def decide_pending(self, number, act, rolled_back) -> None:
        waiting = list(PendingRevision.objects.order_by("pk"))
        pending = waiting[number % len(waiting)]
        if act is submit_pending and pending.article.status != Article.Status.PUBLISHED:
            with pytest.raises(PermissionDenied):  # what is no longer live is edited itself
                act(pending, user=self.user)
            return
        self.move("decide_pending", rolled_back, lambda: act(pending, user=self.user))

    @where("an article")
    @rule(number=NUMBERS, part=NUMBERS, pointer=st.booleans(), rolled_back=SOMETIMES)
    def split(self, number, part, pointer, rolled_back) -> None:
        article = self.article(number)
        keys = [row.key for row in parts_to_split(article)]
        chosen = frozenset(keys[part % len(keys) :][:2] if keys else ["nothing"])
        seen = dict(article.translations.values_list("language", "revision_number"))
        wish = SplitWish(chosen, dict.fromkeys(seen, "Un autre"), seen, pointer)
        self.move("split", rolled_back, lambda: split_article(article, wish, user=self.user))

    @where("four articles")
    @rule(number=NUMBERS, other=NUMBERS, rolled_back=SOMETIMES)
    def merge(self, number, other, rolled_back) -> None:
        kept, gone = self.article(number), self.article(other)
        self.move("merge", rolled_back, lambda: merge_articles(kept, gone, user=self.user))

    @where("an article")
    @rule(find=WORDS, replace=WORDS, number=NUMBERS, rolled_back=SOMETIMES)
    def replace(self, find, replace, number, rolled_back) -> None:
        replacement = Replacement(find, replace)
        found = [one.text for one in matches(replacement, ArticleTranslation.objects.all())]
        chosen = found[number % 3 :][:4]
        if chosen:
            self.move(
                "replace", rolled_back, lambda: replace_in(replacement, chosen, user=self.user)
            )

    @where("a change of many")
    @rule(rolled_back=SOMETIMES)
    def put_back(self, rolled_back) -> None:
        change = BulkChange.objects.first()
        self.move("put_back", rolled_back, lambda: take_back(change, user=self.user))

    @where("an article")
    @rule(number=NUMBERS, texts=TEXTS)
    def try_from_outside(self, number, texts) -> None:
        """Whoever is responsible for nothing is refused, whichever way they try."""
        article = self.article(number)
        text = article.translations.first()
        waiting = PendingRevision.objects.filter(article=article).first()
        snippet, user = Snippet.objects.filter(key="un").first(), self.outsider
        said = {**snippet.texts, "fr": texts["cause"]} if snippet else {}
        tries = [
            lambda: change_status(article, "publish", user=user, accept_missing=True),
            lambda: merge_articles(article, self.article(number + 1), user=user),
            lambda: schedule_end(article, timezone.now() + timedelta(hours=1), user=user),
            lambda: replace_in(Replacement("e", "é"), [text] if text else [], user=user),
            lambda: trash_articles([article], user=user),
            lambda: publish_pending(waiting, user=user) if waiting else None,
            lambda: save_snippet(snippet, said, author=user) if uses_of(snippet) else None,
        ]
        type(self).moves += 1
        before = live_texts()
        with override_settings(ROLES_BY_FIELD=True):
            for act in tries:
                try:
                    with transaction.atomic():
                        act()
                except (PermissionDenied, ValidationError):
                    pass
        assert live_texts() == before

    @rule(key=st.sampled_from(["un", "deux", "unused"]), text=SECTIONS, language=LANGUAGES,
          four_eyes=st.booleans(), rolled_back=SOMETIMES)  # fmt: skip
    def write_snippet(self, key, text, language, four_eyes, rolled_back) -> None:
        snippet = Snippet.objects.filter(key=key).first() or Snippet(key=key)
        texts = {**snippet.texts, language: text}
        with override_settings(FOUR_EYES=four_eyes):
            self.move(
                "write_snippet", rolled_back, lambda: save_snippet(snippet, texts, author=self.user)
            )

    @where("a proposed snippet")
    @rule(act=st.sampled_from([approve_proposed, approve_proposed, discard_proposed]),
          rolled_back=SOMETIMES)  # fmt: skip
    def decide_proposed(self, act, rolled_back) -> None:
        snippet = Snippet.objects.filter(proposed__isnull=False).order_by("pk")[0]
        by = self.user if snippet.proposed_by == self.outsider else self.outsider
        self.move("decide_proposed", rolled_back, lambda: act(snippet, user=by))

    @where("a snippet")
    @rule(number=NUMBERS, rolled_back=SOMETIMES)
    def delete_snippet(self, number, rolled_back) -> None:
        uses = set(SnippetUse.objects.values_list("key", flat=True))
        # What is used is refused, so most go for another.
        found = sorted(Snippet.objects.order_by("pk"), key=lambda snippet: snippet.key in uses)
        chosen = found[number % len(found)]
        one, used = Snippet.objects.filter(pk=chosen.pk), chosen.key in uses
        self.move("delete_snippet", rolled_back, lambda: delete_snippets(one))
        assert not used or Snippet.objects.filter(pk=chosen.pk).exists()

    @rule(name=st.sampled_from(["un", "deux"]), texts=TEXTS, language=LANGUAGES,
          rolled_back=SOMETIMES)  # fmt: skip
    def write_template(self, name, texts, language, rolled_back) -> None:
        one = next((t for t in ArticleTemplate.objects.all() if t.text("name") == name), None)
        template, token = one or ArticleTemplate(), version.state(connection).token
        said = {**template.texts, language: {**texts, "name": name}}
        self.move("write_template", rolled_back, lambda: save_template(template, said))
        assert version.state(connection).token == token, "readers were told of a change"

    @where("a template")
    @rule(number=NUMBERS, language=LANGUAGES, rolled_back=SOMETIMES)
    def begin(self, number, language, rolled_back) -> None:
        templates = list(ArticleTemplate.objects.order_by("pk"))
        template = templates[number % len(templates)]

        def action() -> None:
            texts = texts_of_template(template, language)
            article = create_article(title=texts["title"] if texts else "-", owner=self.user)
            write(article, language, texts or {"title": "-"}, self.user, 0)
            begin_from_template(article, template, language, author=self.user)

        self.move("begin", rolled_back, action)

    @where("a template")
    @rule(rolled_back=SOMETIMES)
    def delete_template(self, rolled_back) -> None:
        begun = TemplateUse.objects.count()
        one = ArticleTemplate.objects.order_by("pk")[:1]
        self.move("delete_template", rolled_back, lambda: delete_templates(list(one)))
        assert TemplateUse.objects.count() == begun, "articles know what they were begun with"

    @where("an article")
    @rule(number=NUMBERS, said=LINES, rolled_back=SOMETIMES)
    def talk(self, number, said, rolled_back) -> None:
        article, token = self.article(number), version.state(connection).token
        self.move("talk", rolled_back, lambda: add_comment(article, said, author=self.user))
        assert version.state(connection).token == token, "readers were told of a change"

    @where("an article")
    @rule(number=NUMBERS, hours=st.integers(-1, 9), act=st.sampled_from(["end", "live", "pending"]),
          rolled_back=SOMETIMES)  # fmt: skip
    def schedule(self, number, hours, act, rolled_back) -> None:
        article, at = self.article(number), timezone.now() + timedelta(hours=hours)
        pending = PendingRevision.objects.filter(article=article).first()
        token = version.state(connection).token

        def action() -> None:
            if act == "pending" and pending:
                live = revisions_of(article).get(pending.language, 0)
                schedule_pending(pending, at, user=self.user, number=pending.number, live=live)
            elif act == "end":
                schedule_end(article, at, user=self.user)
            else:
                schedule_publication(article, at, user=self.user)

        self.move("schedule", rolled_back, action)
        assert version.state(connection).token == token, "readers were told of a change"

    @where("a scheduled change")
    @rule(hours=st.integers(0, 9), rolled_back=SOMETIMES)
    def let_time_pass(self, hours, rolled_back) -> None:
        at = timezone.now() + timedelta(hours=hours)
        self.move("let_time_pass", rolled_back, lambda: carry_out_due(at))

    @rule(problems=st.lists(TEXTS, min_size=1, max_size=2), language=LANGUAGES,
          rolled_back=SOMETIMES)  # fmt: skip
    def bring_in(self, problems, language, rolled_back) -> None:
        path = self.folder / f"guide.{language}.md"
        path.write_text(document(problems), "utf-8")
        self.move("bring_in", rolled_back, lambda: import_paths([str(path)], language=language))

    @where("four articles")
    @rule(number=NUMBERS, rolled_back=SOMETIMES)
    def delete(self, number, rolled_back) -> None:
        article = self.article(number)
        self.move("delete", rolled_back, lambda: trash_articles([article], user=self.user))

    @where("a trashed article")
    @rule(number=NUMBERS, rolled_back=SOMETIMES)
    def bring_back(self, number, rolled_back) -> None:
        trashed = list(TrashedArticle.objects.order_by("pk"))
        one = trashed[number % len(trashed)]
        self.move("bring_back", rolled_back, lambda: restore_article(one, user=self.user))
