"""People who write, and what their browsers post."""

from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import translation

from troubleshooting.access import ROLES
from troubleshooting.models import Article, ArticleTranslation
from troubleshooting.texts.sections import TEXTS

PASSWORD = "a quiet pass phrase"


def person(name: str, group: str = "") -> User:
    """A member of the staff; ``group`` is Author, Reviewer or Administrator."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    if group:
        user.groups.add(_group(group))
    return user


def _group(name: str) -> Group:
    """The group as the migration makes it; tests with threads empty its table."""
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        group.permissions.set(Permission.objects.filter(codename__in=ROLES[name]))
    return group


def address(page: str, *args: object, language: str = "fr") -> str:
    """The address of a page of articles in the administration, in French."""
    with translation.override(language):
        return reverse(f"admin:troubleshooting_article_{page}", args=args)


def posted(article: Article | None, language: str = "fr", /, **changes: object) -> dict:
    """What the form of ``article`` posts when ``changes`` were made to what it showed."""
    text = ArticleTranslation.objects.filter(article=article, language=language).first()
    form = {
        "language": language,
        "has_details": "1",
        "base_revision": text.revision_number if text else 0,
        **(text.texts() if text else dict.fromkeys(TEXTS, "")),
    }
    details = _details(article)
    for name, value in details.items():
        form[name] = form[f"initial-{name}"] = value
    return {**form, **changes}


def revisions(article: Article, of: str = "") -> dict[str, int]:
    """What a page posts that showed the texts of ``article`` as they are now."""
    texts = article.translations.values_list("language", "revision_number")
    return {f"{of}revision_{language}": number for language, number in texts}


def _details(article: Article | None) -> dict:
    if article is None:
        return {"kind": "problem", "audience": "public", "platforms": [], "slug": ""}
    return {
        "kind": article.kind,
        "audience": article.audience,
        "platforms": [platform.pk for platform in article.platforms.all()],
        "owner": article.owner_id or "",
        "review_due": article.review_due or "",
        "slug": article.slug,
    }
