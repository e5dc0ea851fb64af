"""Texts that are not for everyone: each hidden place holds a word that stands nowhere else."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import override_settings
from django.utils import timezone

from tests.kept import inserted
from tests.people import person
from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from troubleshooting.auditing import note
from troubleshooting.editing import keep_draft, save_pending, save_unfinished, trash_articles
from troubleshooting.editing.reusing import begin_from_template, save_snippet, save_template
from troubleshooting.editing.scheduling import schedule_publication
from troubleshooting.editing.talking import add_comment
from troubleshooting.models import (
    Article,
    ArticleTemplate,
    ArticleTranslation,
    AuditEntry,
    MediaImage,
    Responsibility,
    Revision,
    Snippet,
    SourceDocument,
    SourceEntry,
    UnfinishedTranslation,
)

#: Hidden place -> the word that stands there alone.
WORDS = {
    "draft": "zyxdrafta",
    "in_review": "zyxreviewa",
    "archived": "zyxarchiva",
    "staff": "zyxstaffa",
    "note": "zyxnotea",
    "revision": "zyxolda",
    "pending": "zyxpendinga",
    "unfinished": "zyxbeguna",
    "trash": "zyxtrasha",
    "comment": "zyxtalka",
    "scheduled": "zyxlatera",
    "snippet": "zyxsnipa",
    "template": "zyxpatterna",
    "proposal": "zyxproposala",  # of a snippet that a public article holds
    "typed": "zyxtypeda",  # what somebody is writing
    "audit": "zyxnoteda",
    "field": "zyxteama",  # who is responsible
    "machine": "zyxmachina",  # the host to which texts go to be translated
}
#: An image is the editors' to see, whatever shows it: these places show none.
WITHOUT_IMAGE = {"trash", "proposal", "typed", "audit", "field", "machine"}
CODES = {place: f"0x8A7B{number:04X}" for number, place in enumerate(WORDS, 1)}
COMMON = "pamplemousse"


def add_hidden(article_values: dict[str, dict]) -> None:
    """Write the hidden articles, each in the document beside the public ones."""
    document = SourceDocument.objects.get(language="fr")
    public = Article.objects.get(slug=BILINGUAL)
    for position, (place, values) in enumerate(article_values.items(), 500):
        article = Article.objects.create(slug=f"cache-{position}", kind="error", **values)
        article.platforms.set(public.platforms.all())
        for language in ("fr", "en"):
            write(article, language, f"{WORDS[place]} plafond", **hidden_texts(place))
        SourceEntry.objects.create(
            document=document, article=article, anchor=place, position=position,
            first_line=position, last_line=position,
        )  # fmt: skip
    document.outline[1]["articles"] += [f"cache-{n}" for n in range(500, 500 + len(article_values))]
    document.save()


def hidden_texts(place: str) -> dict[str, str]:
    word = WORDS[place]
    return {
        "problem": f"Le message « {COMMON} {word} » et {CODES[place]}.\n\n"
        f"![{word}](/media/{image_name(place)})",
        "resolution": f"1.  Ouvrez **{word}** > **Comptes**.\n2.  {COMMON} {word}.",
    }


def image_name(place: str) -> str:
    return f"{list(WORDS).index(place):016x}.png"


def add_images() -> None:
    for place in [place for place in WORDS if place not in WITHOUT_IMAGE]:
        image = MediaImage(
            name=image_name(place), content_type="image/png", width=1, height=1, size=9
        )
        image.file.save(image.name, ContentFile(WORDS[place].encode()), save=True)


def write_images() -> None:
    """Write the files that rows name and that the folder of this test lacks."""
    for place in WORDS:
        for image in MediaImage.objects.filter(name=image_name(place)):
            if not image.file.storage.exists(image.file.name):
                image.file.storage.save(image.file.name, ContentFile(WORDS[place].encode()))


def hide(in_public: bool = True) -> None:
    """Fill every hidden place; ``in_public``: also those inside a public article."""
    administrator = person("administrator")
    team = Group.objects.create(name=WORDS["field"])  # no row of the app: it is not kept
    key = "hidden", in_public, administrator.pk, team.pk, Article.objects.count()
    inserted(key, lambda: _hide(administrator, team, in_public))
    write_images()


def _hide(administrator: User, team: Group, in_public: bool) -> None:
    add_images()
    add_hidden(
        {
            "draft": {"status": "draft"},
            "in_review": {"status": "in_review"},
            "archived": {"status": "archived"},
            "staff": {"status": "published", "audience": "staff"},
            "trash": {"status": "published"},
            "scheduled": {"status": "in_review"},
        }
    )
    trashed = ArticleTranslation.objects.get(language="fr", title__startswith=WORDS["trash"])
    trash_articles([trashed.article], user=administrator)
    later = ArticleTranslation.objects.get(language="fr", title__startswith=WORDS["scheduled"])
    soon = timezone.now() + timedelta(hours=1)
    schedule_publication(later.article, soon, user=administrator)
    snippet = hidden_texts("snippet")["problem"]
    save_snippet(Snippet(key="cache"), {"fr": snippet, "en": snippet}, author=administrator)
    pattern = {"name": WORDS["template"], "title": f"{WORDS['template']} plafond"}
    pattern |= {"internal": WORDS["template"], **hidden_texts("template")}
    template = ArticleTemplate()
    save_template(template, {"fr": pattern, "en": pattern})
    keep_beside(administrator, team)
    if in_public:
        add_hidden_in_public()
        public = Article.objects.get(slug=BILINGUAL)
        begin_from_template(public, template, "fr", author=administrator)
        UnfinishedTranslation.objects.filter(article=public).delete()


def keep_beside(user: User, team: Group) -> None:
    """Keep what is no text of an article: an unsaved form, what was done, who is responsible."""
    typed = {"title": WORDS["typed"], **hidden_texts("typed")}
    keep_draft(user=user, token="0" * 32, page="form", article=None, language="fr",
               fields={name: [value] for name, value in typed.items()})  # fmt: skip
    values = hidden_texts("audit")
    note(user, AuditEntry.Act.CHANGED, name=WORDS["audit"], before=values, after=values)
    Responsibility.objects.create(group=team, role="reviewer", scope="everything")


def add_hidden_in_public() -> None:
    """An internal note, and texts kept aside: an old revision, pending ones, one that is begun.

    Also what editors say to each other about a public article, and what they propose that a snippet
    in it should say.
    """
    administrator = User.objects.get(username="administrator")
    held = save_snippet(Snippet(key="held"), {"fr": "Patientez."}, author=administrator).snippet
    text = ArticleTranslation.objects.get(article__slug=BILINGUAL, language="fr")
    before = text.texts()
    write(text.article, "fr", **{**before, "cause": hidden_texts("revision")["problem"]})
    write(text.article, "fr", **{**before, "internal": hidden_texts("note")["problem"],
                                "other": "[!SNIPPET held]"})  # fmt: skip
    with override_settings(FOUR_EYES=True):
        proposed = {"fr": hidden_texts("proposal")["problem"]}
        assert save_snippet(held, proposed, author=administrator).is_proposed
    assert Revision.objects.filter(cause__contains=WORDS["revision"]).exists()
    aside = {**before, "title": f"{WORDS['pending']} plafond", **hidden_texts("pending")}
    for origin in ("editor", "import"):
        save_pending(article=text.article, language="fr", texts=aside, author=None, origin=origin,
                     comment=WORDS["pending"], base_revision=3)  # fmt: skip
    said = f"@author @reviewer {hidden_texts('comment')['problem']}"
    add_comment(text.article, said, author=administrator)
    begun = {"title": f"{WORDS['unfinished']} plafond", **hidden_texts("unfinished")}
    french = Article.objects.get(slug=FRENCH_ONLY)
    save_unfinished(article=french, language="en", texts=begun, source_language="fr", author=None)
