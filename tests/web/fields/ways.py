"""Every way that changes an article, by browsers and by programs, whatever the pages offer."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.web import editors
from tests.web.content import DOCUMENT, write
from tests.web.html import Page
from troubleshooting.api.preconditions import revision_etag
from troubleshooting.editing import (
    change_many,
    revisions_of_many,
    save_pending,
    trash_articles,
)
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.editing.scheduling import schedule_end
from troubleshooting.editing.whole import Replacement, matches
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    BulkChange,
    PendingRevision,
    Platform,
    RenderedTranslation,
    ScheduledChange,
    Snippet,
    SourceDocument,
    SourceEntry,
    StatusChange,
    TrashedArticle,
    UnfinishedTranslation,
)
from troubleshooting.tokens.issuing import issue

TEXT = {"problem": "Un **mot**.\n", "resolution": "### A\n\n1.  Un.\n\n### B\n\n1.  Deux.\n"}
#: Tries at once, or makes ready and returns what tries then.
Way = Callable[["World"], Any]


class World:
    """One attempt: who tries, by which browser, on which article."""

    def __init__(self, client, user: User, article: Article) -> None:
        self.client, self.user, self.article = client, user, article

    def post(self, page: str, **values: Any) -> Any:
        """Post to a page of the text in French."""
        return self.client.post(editors.address(page, self.article.pk, "fr"), values)

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        secret = issue(self.user, "x", ["read", "write", "import"], 1).secret
        self.client.logout()
        headers = {"authorization": f"Bearer {secret}", **headers}
        ask = getattr(self.client, method)
        return ask(f"/api/v1/{path}", body, "application/json", headers=headers)

    def form(self, **changes: Any) -> Any:
        """Send the form of the article as if its fields were open."""
        form = {**editors.posted(self.article, "fr"), "base_pending": "0", **changes}
        return self.client.post(editors.address("change", self.article.pk), form)

    def bulk(self, action: str, *others: Article, **values: Any) -> Any:
        chosen = [self.article.pk, *(one.pk for one in others)]
        form = {"action": action, "_selected_action": chosen, "apply": "1", **values}
        return self.client.post(editors.address("changelist"), form)


def platform(slug: str) -> Platform:
    return Platform.objects.get(slug=slug)


def snapshot() -> str:
    """Return all that is decided and said of articles by now; what is proposed is not."""
    models = (
        Article, ArticleTranslation, RenderedTranslation, UnfinishedTranslation, StatusChange,
        ScheduledChange, SourceEntry,
    )  # fmt: skip
    rows = [row for model in models for row in model.objects.order_by("pk")]
    return serializers.serialize("json", rows)


def waiting(world: World, *, of: User | None = None) -> PendingRevision:
    """Return what waits of the article, written by somebody else."""
    text = world.article.translations.get(language="fr")
    made = save_pending(
        article=world.article, language="fr", author=of, base_revision=text.revision_number,
        texts={**text.texts(), "cause": "Autre chose."},
    )  # fmt: skip
    assert made
    PendingRevision.objects.filter(pk=made.pk).update(state="submitted")
    return made


def shown_pending(world: World) -> dict[str, str]:
    """Return what the form of a pending revision shows of it and of the live text."""
    live = world.article.translations.get(language="fr").revision_number
    return {"number": "1", "live": str(live)}


def pending(act: str) -> Way:
    def way(world: World) -> Any:
        waiting(world)
        shown = shown_pending(world)
        return lambda: world.post("pending", act=act, comment="Non.", **shown)

    return way


def scheduled(act: str) -> Way:
    moment = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    def way(world: World) -> None:
        if act == "pending":
            waiting(world)
        seen = {**shown_pending(world), **editors.revisions(world.article)}
        world.post("schedule", act=act, at=moment, **seen)

    return way


def status(transition: str) -> Way:
    def way(world: World) -> None:
        world.client.post(
            editors.address("status", world.article.pk, transition),
            {"comment": "Parce que.", **editors.revisions(world.article)},
        )

    return way


def lead_by_form(world: World) -> None:
    world.form(_transition="submit")


def platforms(*slugs: str) -> Way:
    def way(world: World) -> None:
        world.form(platforms=[platform(slug).pk for slug in slugs])

    return way


def replace(world: World) -> None:
    replacement = Replacement("mot", "terme")
    found = list(matches(replacement, ArticleTranslation.objects.filter(article=world.article)))
    chosen = {
        "find": replacement.find,
        "replace": replacement.replace,
        "matches_case": "on",
        "text": [one.text.pk for one in found],
        "revision": [f"{one.text.pk}.{one.text.revision_number}" for one in found],
        "place": [
            f"{one.text.pk}.{place.section}.{place.number}"
            for one in found
            for place in one.occurrences
        ],
    }
    world.client.post("/fr/admin/replace/", chosen)


def restore(world: World) -> Any:
    write(world.article, "fr", "Deuxième", **TEXT)
    return lambda: world.post("revisions", restore="1", base_revision="2")


def merge_in(world: World) -> None:
    """Take the article into one of one's own."""
    own = Article.objects.get(slug="own")
    world.client.post(editors.address("merge", own.pk, "fr"), merging(own, world.article))


def merge_out(world: World) -> None:
    """Give one's own article to another."""
    world.post("merge", **merging(world.article, Article.objects.get(slug="own")))


def merging(target: Article, other: Article) -> dict[str, Any]:
    """Return what the page of a merge posts."""
    seen = {**editors.revisions(target), **editors.revisions(other, of="other_")}
    return {"other": other.pk, **seen}


def split(world: World) -> None:
    text = world.article.translations.get(language="fr")
    world.post(
        "split", part="resolution-2", title_fr="Neuf", revision_fr=str(text.revision_number),
        token="t", look="1", confirm="1", act="split",
    )  # fmt: skip


def translate(world: World) -> None:
    """Send the page with a word in every row, whether or not it offers to."""
    address = editors.address("translate", world.article.pk, "en")
    form: dict[str, Any] = {"whole": "1"}
    for element in Page(world.client.get(address).content.decode()).elements:
        name = element.get("name") or ""
        if element.tag == "textarea":
            form.setdefault(name, []).append("Word")
        elif name.startswith("form-"):
            value = element.get("value") if element.tag == "input" else "block:0"
            form.setdefault(name, []).append(value)
        elif name in ("base_revision", "base_unfinished", "source_revision"):
            form[name] = element.get("value")
    world.client.post(address, form)


def take_xliff(world: World) -> None:
    address = editors.address("xliff", world.article.pk, "en")
    raw = world.client.get(address).content.replace(b"<target/>", b"")
    filled = raw.replace(b"</source>", b"</source><target>Word</target>")
    world.client.post(address, {"file": SimpleUploadedFile("a.xlf", filled)})


def trash(world: World) -> None:
    world.client.post(editors.address("delete", world.article.pk), {"post": "yes"})


def bulk(action: str, **values: Any) -> Way:
    return lambda world: world.bulk(action, **values)


def bulk_publish(world: World) -> None:
    world.bulk("publish", seen=json.dumps(revisions_of_many([world.article])))


def bulk_platforms(*slugs: str) -> Way:
    return lambda world: world.bulk(
        "set_platforms", platforms=[platform(slug).pk for slug in slugs]
    )


def bulk_owner(world: World) -> None:
    world.bulk("set_owner", owner=world.user.pk)


def undo_of_others(world: World) -> Any:
    """Take back what somebody else did to it."""
    admin = User.objects.get(username="admin")
    change_many(
        [world.article],
        lambda one: Article.objects.filter(pk=one.pk).update(kind="advice"),
        action="set_kind",
        user=admin,
    )
    key = BulkChange.objects.get().pk
    return lambda: world.client.post(f"/fr/admin/troubleshooting/bulkchange/{key}/undo/")


def removed(action: str) -> Way:
    """Decide about the article of a part that its document no longer holds."""

    def way(world: World) -> Any:
        entry = SourceEntry.objects.create(
            document=SourceDocument.objects.filter(key=DOCUMENT)[0], article=world.article,
            anchor="x", position=900, first_line=1, last_line=2, removed=timezone.now(),
        )  # fmt: skip
        form = {"action": action, "_selected_action": [entry.pk]}
        return lambda: world.client.post("/fr/admin/troubleshooting/sourceentry/", form)

    return way


def snippet(world: World) -> Any:
    """Change a snippet that the article holds."""
    made = save_snippet(Snippet(key="relance"), {"fr": "1.  Un."}, author=None).snippet
    write(world.article, "fr", "Titre", problem="[!SNIPPET relance]\n")
    form = {"text_fr": "1.  Neuf.", "text_en": "", "base_version": "1"}
    address = f"/fr/admin/troubleshooting/snippet/{made.pk}/change/"
    return lambda: world.client.post(address, form)


def restore_from_trash(world: World) -> Any:
    admin = User.objects.get(username="admin")
    trash_articles([world.article], user=admin)
    key = TrashedArticle.objects.get().pk
    return lambda: world.client.post(f"/fr/admin/troubleshooting/trashedarticle/{key}/restore/")


def cancel_schedule(world: World) -> Any:
    row = schedule_end(
        world.article, timezone.now() + timedelta(days=3), user=User.objects.get(username="admin")
    )
    return lambda: world.post("schedule", act="cancel", row=str(row.pk))


def api_text(world: World) -> Any:
    number = world.article.translations.get(language="fr").revision_number
    body = {"title": "Autre", "problem": "Autre."}
    return world.api(
        "put", f"articles/{world.article.pk}/texts/fr/", body, **{"if-match": revision_etag(number)}
    )


def api_details(**values: Any) -> Way:
    return lambda world: world.api("patch", f"articles/{world.article.pk}/", values)


def api_status(transition: str) -> Way:
    return lambda world: world.api(
        "post", f"articles/{world.article.pk}/status/",
        {"transition": transition, "comment": "Non.", "accept_missing": True,
         "revisions": revisions_of_many([world.article])[world.article.pk]},
    )  # fmt: skip


def api_restore(world: World) -> Any:
    write(world.article, "fr", "Deuxième", **TEXT)
    path = f"articles/{world.article.pk}/texts/fr/revisions/1/restore/"
    return lambda: world.api("post", path, None, **{"if-match": revision_etag(2)})


WAYS: dict[str, Way] = {
    "form: text": lambda world: world.form(cause="Autre."),
    "form: kind": lambda world: world.form(kind="error"),
    "form: audience": lambda world: world.form(audience="staff"),
    "form: address": lambda world: world.form(slug="ailleurs"),
    "form: platform comes": platforms("android", "ios"),
    "form: platform goes": platforms("android"),
    "form: other platform": platforms("ios"),
    "form: all platforms": platforms(),
    "form: send to review": lead_by_form,
    "status: publish": status("publish"),
    "status: reject": status("reject"),
    "status: unpublish": status("unpublish"),
    "status: archive": status("archive"),
    "status: reopen": status("reopen"),
    "bulk: publish": bulk_publish,
    "bulk: archive": bulk("archive"),
    "bulk: reopen": bulk("reopen"),
    "bulk: kind": bulk("set_kind", kind="error"),
    "bulk: audience": bulk("set_audience", audience="staff"),
    "bulk: owner": bulk_owner,
    "bulk: review date": bulk("set_review_date", review_due="2030-01-02"),
    "bulk: reviewed": bulk("mark_as_reviewed"),
    "bulk: platforms in": bulk_platforms("android"),
    "bulk: platforms out": bulk_platforms("ios"),
    "bulk: undo of others": undo_of_others,
    "pending: publish": pending("publish"),
    "schedule: publish": scheduled("publish"),
    "schedule: pending": scheduled("pending"),
    "schedule: end": scheduled("end"),
    "schedule: cancel": cancel_schedule,
    "merge: taken in": merge_in,
    "merge: given": merge_out,
    "split": split,
    "trash": trash,
    "trash: restore": restore_from_trash,
    "replace": replace,
    "revision: restore": restore,
    "translate": translate,
    "xliff": take_xliff,
    "removed: keep": removed("keep"),
    "removed: archive": removed("archive"),
    "snippet": snippet,
    "api: text": api_text,
    "api: kind": api_details(kind="error"),
    "api: platform comes": api_details(platforms=["android", "ios"]),
    "api: other platform": api_details(platforms=["ios"]),
    "api: all platforms": api_details(platforms=[]),
    "api: publish": api_status("publish"),
    "api: archive": api_status("archive"),
    "api: restore": api_restore,
}
