"""Links to a platform go on leading to it, whatever address it was given since."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from troubleshooting.editing.platforms import save_platform
from troubleshooting.models import FormerPlatformAddress, Platform

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("addresses", "former"),
    [
        (["phones"], []),
        (["phones", "phones"], []),  # another name alone
        (["phones", "mobiles"], ["phones"]),
        (["phones", "mobiles", "handsets"], ["mobiles", "phones"]),
        (["phones", "mobiles", "phones"], ["mobiles"]),  # what it has again is no former one
    ],
)
def test_every_address_that_a_platform_had_leads_to_it(addresses: list[str], former: list[str]):
    platform = Platform()
    for number, address in enumerate(addresses):
        platform.slug, platform.name = address, f"Phones {number}"
        save_platform(platform)
    found = FormerPlatformAddress.objects.order_by("slug").values_list("slug", "platform")
    assert list(found) == [(address, platform.pk) for address in former]


def test_an_address_that_leads_to_another_platform_is_not_free():
    platform = Platform(slug="phones", name="Phones")
    save_platform(platform)
    platform.slug = "mobiles"
    save_platform(platform)
    with pytest.raises(ValidationError, match="phones"):
        save_platform(Platform(slug="phones", name="Others"))
