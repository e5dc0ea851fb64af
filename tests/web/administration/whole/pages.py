"""The pages that are about the whole base, and what they say."""

from django.urls import reverse
from django.utils import translation

from tests.web.html import Page
from troubleshooting.models import ArticleTranslation


def words(response) -> str:
    return Page(response.content.decode()).words.replace("\xa0", " ")


def page_of(name: str, *args: object) -> str:
    with translation.override("fr"):
        return reverse(f"admin:troubleshooting_{name}", args=args)


def text_of(slug: str, language: str = "fr") -> ArticleTranslation:
    return ArticleTranslation.objects.get(article__slug=slug, language=language)
