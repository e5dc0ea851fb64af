"""People with their fields of responsibility, and the articles that these hold or do not hold."""

from typing import Any

from django.contrib.auth.models import Permission, User

from tests.web import editors
from tests.web.content import DOCUMENT, write
from tests.web.fields.ways import TEXT, platform
from troubleshooting.models import (
    Article,
    Platform,
    Responsibility,
    Source,
    SourceDocument,
    SourceEntry,
)
from troubleshooting.rights import forget_fields

#: The articles of the tests: their platforms, their status.
ARTICLES = {
    "own": (["android"], "published"),
    "own-draft": (["android"], "draft"),
    "own-review": (["android"], "in_review"),
    "own-archived": (["android"], "archived"),
    "foreign": (["ios"], "published"),
    "foreign-draft": (["ios"], "draft"),
    "foreign-review": (["ios"], "in_review"),
    "foreign-archived": (["ios"], "archived"),
    "shared": (["android", "ios"], "published"),
    "general": ([], "published"),
    "general-draft": ([], "draft"),
    "imported": (["macos"], "published"),
}
# ada reviews android; alan writes about android; rita reviews all; gina reviews what is for all
# platforms; dora may put articles into the trash and reviews android; saul reviews what came from
# a source; nora has the role and no field; max reviews android and writes about ios; admin gives
# fields.
FIELDS = {
    "ada": ("Reviewer", [("reviewer", "android")]),
    "alan": ("Author", [("author", "android")]),
    "rita": ("Reviewer", [("reviewer", "everything")]),
    "gina": ("Reviewer", [("reviewer", "general")]),
    "saul": ("Reviewer", [("reviewer", "source")]),
    "nora": ("Reviewer", []),
    "max": ("Reviewer", [("reviewer", "android"), ("author", "ios")]),
    "dora": ("Reviewer", [("reviewer", "android")]),
    "admin": ("Administrator", []),
}


def give(user: User, role: str, field: str) -> None:
    """Make ``user`` responsible for a platform, or for what a scope says."""
    values: dict[str, Any] = {"scope": field}
    if field == "source":
        values["source"] = Source.objects.get()
    elif field not in ("everything", "general"):
        values = {"scope": "platform", "platform": platform(field)}
    Responsibility.objects.create(user=user, role=role, **values)
    forget_fields(user)


def make_people() -> dict[str, User]:
    """Make the articles and return the people by name, each with their fields."""
    Article.objects.all().delete()
    for slug, (slugs, state) in ARTICLES.items():
        article = Article.objects.create(slug=slug, status=state)
        article.platforms.set(Platform.objects.filter(slug__in=slugs))
        write(article, "fr", f"Titre {slug}", **TEXT)
    source = Source.objects.create(slug="s", name="S", location="/s")
    document = SourceDocument.objects.filter(key=DOCUMENT)[0]
    SourceDocument.objects.filter(pk=document.pk).update(source=source)
    SourceEntry.objects.create(
        document=document, article=Article.objects.get(slug="imported"), anchor="a", position=800,
        first_line=1, last_line=2,
    )  # fmt: skip
    found = {name: editors.person(name, group) for name, (group, _fields) in FIELDS.items()}
    for name, (_group, fields) in FIELDS.items():
        for role, field in fields:
            give(found[name], role, field)
    found["dora"].user_permissions.add(Permission.objects.get(codename="delete_article"))
    return found
