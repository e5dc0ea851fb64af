"""Pictures in each place that shows one."""

import pytest

from tests.pictures import picture
from tests.web.articles.images.stored import committed
from tests.web.content import BILINGUAL, DRAFT, STAFF, write
from troubleshooting.media import store_image
from troubleshooting.models import MediaImage


@pytest.fixture
def images(portal, django_capture_on_commit_callbacks) -> dict[str, MediaImage]:
    """Return one image for each kind of place, shown there."""
    places = ("public", "draft", "staff", "note", "unused")
    colors = ("red", "green", "blue", "gray", "pink")
    with committed(django_capture_on_commit_callbacks):
        found = {p: store_image(picture(c)) for p, c in zip(places, colors, strict=True)}
    shown = {name: f"![Écran]({image.get_absolute_url()})" for name, image in found.items()}
    write(portal.articles[BILINGUAL], "fr", "A", problem=shown["public"], internal=shown["note"])
    write(portal.articles[DRAFT], "fr", "B", problem=shown["draft"])
    write(portal.articles[STAFF], "fr", "C", problem=shown["staff"])
    return found
