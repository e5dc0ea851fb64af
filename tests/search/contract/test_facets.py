"""Facets count and narrow what was found, on every database that the tests run on."""

from __future__ import annotations

import pytest

from ..conftest import ask, slugs

pytestmark = pytest.mark.django_db


class TestFacets:
    def test_counts_are_of_the_whole_result(self, base):
        result = ask("profil", limit=1)
        assert len(result.hits) == 1
        assert result.total == 2
        counts = {value.value: value.count for value in result.facets["platform"]}
        assert counts == {"ios": 1, "android": 1}

    def test_articles_for_all_platforms_show_for_each(self, base):
        result = ask("autorité gestion", filters={"platform": ["ios"]})
        assert slugs(result) == ["authority"]

    def test_no_value_leads_to_an_empty_page(self, base):
        for text in ("profil", "appareils", "0x8007064C", "license"):
            result = ask(text, "en")
            for name, values in result.facets.items():
                for value in values:
                    chosen = ask(text, "en", filters={name: [value.value]})
                    assert chosen.total == value.count > 0
                    assert len(chosen.hits) == value.count

    def test_values_of_one_facet_widen_and_facets_narrow(self, base):
        both = ask("profil", filters={"platform": ["ios", "android"]})
        assert both.total == 2
        one = ask("profil", filters={"platform": ["ios", "android"], "family": ["hex"]})
        assert slugs(one) == ["profile-ios"]

    def test_an_unknown_facet_or_value_is_no_error(self, base):
        assert ask("profil", filters={"colour": ["red"]}).total == 2
        assert ask("profil", filters={"platform": ["beos"]}).total == 0
