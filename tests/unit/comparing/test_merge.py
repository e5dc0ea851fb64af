"""Three-way merge: what one side alone changed is taken, and no word of either is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.shapes_of_text import TEXT, edited, three
from troubleshooting.texts.comparing.merge import merge_blocks, merge_section, merge_texts
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.markup.blocks import Alert, Quote, Table
from troubleshooting.texts.markup.units import Unit, text_of, units_of, units_of_blocks

STEPS = "Avant.\n\n1.  Ouvrez l’application.\n2.  Supprimez le compte.\n3.  Redémarrez l’appareil."
TABLE = "| Code | Sens |\n| --- | --- |\n| `1` | Inscrit |\n| `2` | Refusé |"
ALERT = "> [!WARNING]\n> Ceci efface tout.\n>\n> Faites une copie."


def merged(base: str, ours: str, theirs: str) -> str:
    """The text that comes of a merge without a conflict."""
    result = merge_texts({"resolution": base}, {"resolution": ours}, {"resolution": theirs})
    assert result.conflicts == []
    return result.texts["resolution"]


def kinds(base: str, ours: str, theirs: str) -> list[str]:
    return [region.kind for region in merge_section("resolution", base, ours, theirs).regions]


def test_neighbouring_steps_of_two_editors():
    ours = STEPS.replace("l’application", "les réglages")
    theirs = STEPS.replace("le compte", "le profil")
    assert merged(STEPS, ours, theirs) == ours.replace("le compte", "le profil")
    assert kinds(STEPS, ours, theirs) == ["same", "ours", "theirs", "same"]


def test_steps_are_counted_anew():
    ours = STEPS.replace("2.  Supprimez", "2.  Attendez une minute.\n3.  Supprimez").replace(
        "3.  Redémarrez", "4.  Redémarrez"
    )
    theirs = canonical(f"{STEPS}\n4.  Réessayez.")
    assert merged(STEPS, ours, theirs).splitlines()[2:] == [
        "1.  Ouvrez l’application.",
        "2.  Attendez une minute.",
        "3.  Supprimez le compte.",
        "4.  Redémarrez l’appareil.",
        "5.  Réessayez.",
    ]


def test_a_step_moves_with_its_substeps():
    base = f"{STEPS}\n    1.  Confirmez.\n    2.  Patientez."
    ours = base.replace("Confirmez", "Appuyez sur **Oui**")
    theirs = base.replace("Patientez", "Attendez")
    assert merged(base, ours, theirs) == ours.replace("Patientez", "Attendez")
    assert kinds(base, ours, theirs) == ["same", "merged"]


def test_rows_of_a_table_are_merged():
    ours = TABLE.replace("Inscrit", "Enrôlé")
    theirs = f"{TABLE}\n| `3` | Inconnu |"
    assert merged(TABLE, ours, theirs) == f"{ours}\n| `3` | Inconnu |"


def test_blocks_of_an_alert_are_merged():
    ours, theirs = ALERT.replace("tout", "le profil"), ALERT.replace("copie", "sauvegarde")
    assert merged(ALERT, ours, theirs) == ours.replace("copie", "sauvegarde")


CONFLICTS = {
    "the same step": (STEPS, STEPS.replace("compte", "profil"), STEPS.replace("compte", "jeton")),
    "both add at the end": (STEPS, f"{STEPS}\n4.  Un.", f"{STEPS}\n4.  Deux."),
    "changed and removed": (STEPS, STEPS.replace("Avant.", "Après."), STEPS[8:]),
    "the same row": (TABLE, TABLE.replace("Refusé", "Non"), TABLE.replace("Refusé", "Rejeté")),
    "a header and a row": (TABLE, TABLE.replace("Sens", "Nom"), TABLE.replace("Refusé", "Non")),
    "two first texts": ("", "Un.", "Deux."),
}


@pytest.mark.parametrize("case", CONFLICTS.values(), ids=CONFLICTS)
def test_overlapping_changes_are_a_conflict_in_which_ours_stays(case: tuple[str, str, str]):
    base, ours, theirs = case
    result = merge_texts({"resolution": base}, {"resolution": ours}, {"resolution": theirs})
    assert result.conflicts == ["resolution"]
    assert result.texts["resolution"] == ours


def test_in_a_conflict_all_else_is_merged_and_both_stand():
    ours = STEPS.replace("compte", "profil").replace("Avant", "D’abord")
    theirs = STEPS.replace("compte", "jeton").replace("l’appareil", "le téléphone")
    section = merge_section("resolution", STEPS, ours, theirs)
    (conflict,) = section.conflicts
    assert [unit.text for unit in conflict.ours] == ["Supprimez le profil."]
    assert [unit.text for unit in conflict.theirs] == ["Supprimez le jeton."]
    assert section.text().splitlines() == [
        "D’abord.",
        "",
        "1.  Ouvrez l’application.",
        "2.  Supprimez le profil.",
        "3.  Supprimez le jeton.",
        "4.  Redémarrez le téléphone.",
    ]


def test_a_title_is_one_line():
    base, ours, theirs = ({"title": text} for text in ("1. Une", "1. Deux", "1. Une"))
    assert merge_texts(base, ours, theirs).texts == ours
    result = merge_texts(base, ours, {"title": "1. Trois"})
    assert (result.conflicts, result.texts) == (["title"], ours)


def test_a_list_keeps_the_number_it_begins_with():
    base = "3.  Un.\n4.  Deux."
    assert merged(base, base.replace("Un", "Une"), base.replace("Deux", "Trois")).startswith("3.")


@settings(max_examples=40, deadline=None)
@given(three())
def test_one_side_alone(texts: tuple[str, str, str]):
    base, one, _ = texts
    for ours, theirs in ((one, base), (base, one), (one, one)):
        section = merge_section("resolution", base, ours, theirs)
        assert section.conflicts == []
        assert section.text() == one


@settings(max_examples=40, deadline=None)
@given(three())
def test_regions_hold_every_text_whole(texts: tuple[str, str, str]):
    base, ours, theirs = texts
    regions = merge_section("resolution", base, ours, theirs).regions
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        units = [unit for region in regions for unit in getattr(region, name)]
        assert units == units_of(text)


@settings(max_examples=40, deadline=None)
@given(three())
def test_regions_are_the_same_seen_from_the_other_side(texts: tuple[str, str, str]):
    base, ours, theirs = texts
    swapped = {"ours": "theirs", "theirs": "ours"}
    mine = merge_section("resolution", base, ours, theirs).regions
    other = merge_section("resolution", base, theirs, ours).regions
    assert [(r.kind, r.ours, r.theirs) for r in mine] == [
        (swapped.get(r.kind, r.kind), r.theirs, r.ours) for r in other
    ]


@settings(max_examples=40, deadline=None)
@given(three())
def test_what_one_side_added_is_in_the_result(texts: tuple[str, str, str]):
    base, ours, theirs = texts
    section = merge_section("resolution", base, ours, theirs)
    text = section.text()
    assert canonical(text) == text
    known = set(base.split())
    words = {word.strip("|>") for word in text.split()}
    new = {word.strip("|>") for word in (set(ours.split()) | set(theirs.split())) - known}
    assert {word for word in new if any(map(str.isalpha, word))} <= words


@settings(max_examples=40, deadline=None)
@given(TEXT)
def test_units_are_the_text(text: str):
    assert text_of(units_of(text)) == text


@settings(max_examples=40, deadline=None)
@given(TEXT.flatmap(edited))
def test_merging_again_changes_nothing(text: str):
    once = merge_texts({"other": ""}, {"other": text}, {"other": ""}).texts
    assert merge_texts({"other": ""}, once, once).texts == once == {"other": text}


def words_of(text: str) -> set[str]:
    """The words of a text; the numbers of a list are counted anew."""
    return set(re.findall(r"[^\W\d]+", text))


def parts_of(units: list[Unit]) -> list[set[str]]:
    """The words of every smallest part that one side alone may change or remove.

    Such are the blocks of a step and its sub-steps, the blocks of an alert or a quotation, and
    the rows of a table.
    """
    out: list[set[str]] = []
    for unit in units:
        match unit.blocks:
            case [Table() as table]:
                out += [words_of(" ".join(row.cells)) for row in (table.header, *table.rows)]
            case [Alert() | Quote() as frame]:
                out += parts_of(units_of_blocks(frame.blocks))
            case [_]:
                out.append(words_of(unit.text))
            case blocks:
                out += parts_of(units_of_blocks(blocks))
    return out


# One side took a sub-step away, the other wrote its step anew: both changes stand.
NESTED = ("1.  ouvrez\n    1.  ouvrez", "1.  ouvrez", "1.  l’appareil\n    1.  ouvrez")
# One side took a row away, or a block of an alert; the other wrote its neighbour anew.
HEAD = "| a | b |\n| --- | --- |\n"
ROWS = (
    f"{HEAD}| ouvrez | ouvrez |\n| puis | puis |",
    f"{HEAD}| l’appareil | ouvrez |\n| puis | puis |",
    f"{HEAD}| ouvrez | ouvrez |",
)
FRAMED = (
    "> [!NOTE]\n> ouvrez\n>\n> puis",
    "> [!NOTE]\n> l’appareil\n>\n> puis",
    "> [!NOTE]\n> ouvrez",
)


def test_a_step_is_rewritten_by_one_and_loses_its_substep_by_the_other():
    base, one, other = NESTED
    for ours, theirs in ((one, other), (other, one)):
        assert blocks(base, ours, theirs).texts == {"other": "1.  l’appareil"}


def blocks(base: str, ours: str, theirs: str):
    return merge_blocks({"other": base}, {"other": ours}, {"other": theirs})


def test_a_conflict_leaves_the_rest_of_its_section_alone():
    ours = STEPS.replace("l’application", "les réglages")
    theirs = STEPS.replace("l’application", "le menu").replace("Redémarrez", "Relancez")
    result = blocks(STEPS, ours, theirs)
    assert result.conflicts == ["other"]
    assert result.texts["other"] == ours.replace("Redémarrez", "Relancez")
    assert result.incoming["other"] == theirs


def test_what_both_added_at_one_place_both_waits():
    result = blocks("A.", "A.\n\nOurs.", "A.\n\nTheirs.")
    assert result.texts["other"] == "A.\n\nOurs."
    assert result.incoming["other"] == "A.\n\nOurs.\n\nTheirs."


@settings(deadline=None)
@given(three())
@example(NESTED)
@example((NESTED[0], NESTED[2], NESTED[1]))
@example(ROWS)
@example(FRAMED)
def test_an_import_loses_nothing_and_nothing_comes_twice(texts: tuple[str, str, str]):
    base, ours, theirs = texts
    result = blocks(base, ours, theirs)
    stored, incoming = canonical(result.texts["other"]), canonical(result.incoming["other"])
    for side, whole in ((ours, stored), (theirs, incoming)):
        # A part that only lost words says nothing new: the rest of it may go by the other side.
        before, said = parts_of(units_of(base)), parts_of(units_of(side))
        new = [one for one in said if not any(one <= other for other in before)]
        assert set().union(*new) <= words_of(whole)
    again = blocks(theirs, stored, theirs)
    assert (again.conflicts, again.texts["other"]) == ([], stored)
    if not result.conflicts:
        assert incoming == stored


@settings(deadline=None)
@given(TEXT.flatmap(lambda base: st.tuples(st.just(base), edited(base))))
def test_where_one_side_is_silent_the_other_is_taken(pair: tuple[str, str]):
    base, changed = pair
    for ours, theirs in ((changed, base), (base, changed)):
        result = blocks(base, ours, theirs)
        assert (result.texts, result.incoming) == ({"other": changed}, {"other": changed})
        assert not result.conflicts
