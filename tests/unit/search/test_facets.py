"""Which combinations of facets are wanted, and what is counted."""

from __future__ import annotations

from troubleshooting.search.facets.declared import ALL_PLATFORMS, NAMES
from troubleshooting.search.facets.scope import Combinations, FacetSet, Scope


class TestFacets:
    def scope(self, statuses=("published",), **chosen):
        kinds = [
            (1, ["ios"], "problem"), (2, ["android"], "error"), (3, [ALL_PLATFORMS], "error"),
        ]  # fmt: skip
        sets = [
            FacetSet(number + 10 * place, {name: frozenset() for name in NAMES} | {
                "platform": frozenset(platforms), "kind": frozenset([kind]),
                "language": frozenset(["fr"]), "status": frozenset([status]),
            })
            for place, status in enumerate(statuses)
            for number, platforms, kind in kinds
        ]  # fmt: skip
        return Scope(Combinations(sets), chosen)

    def test_the_status_is_offered_to_those_who_see_more_than_one(self):
        scope = self.scope(statuses=("published", "draft"))
        facets = scope.facets({1: 5, 11: 2})
        assert {v.value: v.count for v in facets["status"]} == {"published": 5, "draft": 2}

    def test_articles_for_all_platforms_show_for_each(self):
        assert self.scope(platform=["ios"]).wanted == {1, 3}
        assert self.scope(platform=["ios"], kind=["error"]).wanted == {3}
        assert self.scope(platform=[ALL_PLATFORMS]).wanted == {3}

    def test_counts(self):
        scope = self.scope()
        counts = {1: 5, 2: 7, 3: 1, 99: 1000}
        assert scope.total(counts) == 13
        shown = {value.value: value.count for value in scope.facets(counts)["platform"]}
        assert shown == {"android": 8, "ios": 6, "all": 1}
        assert "status" not in scope.facets(counts)

    def test_a_choice_narrows_the_other_facets_but_not_its_own(self):
        facets = self.scope(platform=["ios"]).facets({1: 5, 2: 7, 3: 1})
        assert {v.value: (v.count, v.selected) for v in facets["platform"]} == {
            "android": (8, False), "ios": (6, True), "all": (1, False),
        }  # fmt: skip
        assert {v.value: v.count for v in facets["kind"]} == {"problem": 5, "error": 1}
