"""Who is told: an article that everybody sees, an author and a reviewer."""

import pytest

from tests.people import person
from tests.web.content import BILINGUAL
from troubleshooting.editing.talking import unseen
from troubleshooting.models import Article


@pytest.fixture
def article(portal) -> Article:
    return Article.objects.get(slug=BILINGUAL)


@pytest.fixture
def lea(article):
    return person("author", "lea")


@pytest.fixture
def rene(article):
    return person("reviewer", "rene.b")


def told(user) -> list[str]:
    return sorted(notice.kind for notice in unseen(user))
