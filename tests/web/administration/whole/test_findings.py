"""What the survey of the whole base finds."""

import pytest

from tests.web.administration.whole.pages import page_of, words
from tests.web.content import BILINGUAL, DOCUMENT, DRAFT, write
from troubleshooting.checking.backlinks import linking_articles
from troubleshooting.checking.rules import RULES, WRITTEN
from troubleshooting.checking.survey import RULE_LABELS as RULES_OF_ALL
from troubleshooting.checking.survey import survey
from troubleshooting.models import Article, FormerAddress, GlossaryTerm

pytestmark = pytest.mark.usefixtures("portal")


def found(**texts: str) -> set[tuple[str, str]]:
    """Return what the survey says of an article that has these texts, and nothing else."""
    article = Article.objects.create(slug="neuf", status="published")
    write(article, "fr", "Neuf", **{"problem": "Rien.", "resolution": "1.  Oui.", **texts})
    return {(one.rule, one.text) for one in survey() if one.article == article.pk}


ABSENT = "/fr/articles/absent/"
#: Every form in which a text may link to a page, and what is no link.
FORMS = {
    f"[a]({ABSENT})": ABSENT,
    f"[*a* [b]](<{ABSENT}>)": ABSENT,
    f'[a]({ABSENT} "Un titre")': ABSENT,
    f"[a][1]\n\n[1]: {ABSENT}": ABSENT,
    f"[a](https://Aide.example.org{ABSENT})": ABSENT,
    f"<https://aide.example.org{ABSENT}>": ABSENT,
    f"Voir https://aide.example.org{ABSENT} puis.": ABSENT,
    f'<a href="{ABSENT}">a</a>': ABSENT,
    f"<a href='https://aide.example.org{ABSENT}'>a</a>": ABSENT,
    "[a](autre.md)": "autre.md",
    "[a](/nulle/part)": "/nulle/part",
    '<a href="autre.md#x">a</a>': "autre.md#x",
    "[a](#nulle)": "#nulle",
    '<a href="#nulle">a</a>': "#nulle",
    f"[a](/fr/documents/{DOCUMENT}/#aucune)": "#aucune",
    "[a](/fr/documents/aucun/)": "/fr/documents/aucun/",
    f"`[a]({ABSENT}) [b](autre.md)`": "",
    f"https://example.org{ABSENT}": "",
    f"[a](/fr/documents/{DOCUMENT}/#a-0) [b](/fr/documents/{DOCUMENT}/#general)": "",
    f'<a href="/fr/articles/{BILINGUAL}/#about">a</a> [b](#cause) [c](/fr/articles/)': "",
    "![autre](autre.png)": "",
}


@pytest.mark.parametrize(("problem", "href"), FORMS.items())
def test_a_dead_link_is_told_in_whatever_form(problem: str, href: str, settings):
    settings.SITE_ADDRESS = "https://aide.example.org"
    dead = [text for name, text in found(problem=problem) if name == "dead_link"]
    assert len(dead) == bool(href)
    assert all(href in text for text in dead)


def test_what_is_linked_to_is_known_in_whatever_form(settings):
    settings.SITE_ADDRESS = "https://aide.example.org"
    target = Article.objects.get(slug=BILINGUAL)
    way = f"/fr/articles/{BILINGUAL}/"
    forms = [f"[a]({way})", f"<https://aide.example.org{way}>", f'<a href="{way}">a</a>']
    texts = [*forms, f"`[a]({way})`", f"https://example.org{way}"]
    for number, problem in enumerate(texts):
        article = Article.objects.create(slug=f"lien-{number}", status="published")
        write(article, "fr", f"Lien {number}", problem=problem)
    named = {text.title for text in linking_articles([target])[target.pk]}
    assert named == {"Lien 0", "Lien 1", "Lien 2"}


@pytest.mark.parametrize(
    ("texts", "rule", "said"),
    [
        ({"problem": "[a](/fr/articles/absent/)"}, "dead_link", "/fr/articles/absent/"),
        ({"problem": f"[a](/fr/articles/{BILINGUAL}/#nulle)"}, "dead_link", "#nulle"),
        ({"problem": "[a](/fr/platforms/palm/)"}, "dead_link", "palm"),
        ({"problem": "[a](/fr/codes/0x12345678/)"}, "dead_link", "0x12345678"),
        ({"internal": "[a](/fr/articles/absent/)"}, "dead_link", "absent"),
        ({"problem": f"[a](/fr/articles/{DRAFT}/)"}, "hidden_link", DRAFT),
        ({"resolution": ""}, "no_resolution", ""),
        ({"other": "![](/media/0123456789abcdef.png)"}, "image_without_words", "1"),
        ({"problem": f"[a](/fr/articles/{BILINGUAL}/#resolution)"}, None, ""),
        ({"problem": f"[a](/en/articles/{BILINGUAL}/#resolution-1-step-2)"}, None, ""),
        ({"problem": "[a](/fr/articles/parti/)"}, None, ""),
        ({"problem": "![des mots](/media/x.png) [b](https://example.org/)"}, None, ""),
    ],
)
def test_what_the_survey_finds(texts: dict, rule: str | None, said: str):
    FormerAddress.objects.create(slug="parti", article=Article.objects.get(slug=BILINGUAL))
    findings = found(**texts)
    assert {name for name, _text in findings} == ({rule} if rule else set())
    assert all(said in text for _name, text in findings)


def test_what_differs_between_articles_and_languages():
    one = Article.objects.create(slug="un", status="published")
    two = Article.objects.create(slug="deux", status="published")
    code = "Code 0x8A7B0001."
    write(one, "fr", "Un", problem=code, cause="La licence.", resolution="1.  Oui.\n2.  Non.")
    write(one, "en", "One", problem="No code.", cause="The licence.", resolution="1.  Yes.")
    write(two, "fr", "Deux", problem=code, cause="Le réseau.", resolution="1.  Oui.")
    rows = [row for row in survey() if row.article in (one.pk, two.pk)]
    assert {(row.rule, row.article, row.language, row.others) for row in rows} == {
        ("two_causes", one.pk, "fr", (two.pk,)),
        ("codes_differ", one.pk, "fr", ()),
        ("steps_differ", one.pk, "en", ()),
    }


@pytest.mark.parametrize(("term", "number"), [("", 1), ("Device enrolment", 1), ("Both", 0)])
def test_a_menu_of_two_names_is_told_once_unless_the_glossary_has_both(term: str, number: int):
    for slug, name in (("un", "Device enrollment"), ("deux", "Devices enrollment")):
        article = Article.objects.create(slug=slug, status="published")
        write(article, "en", slug, problem="No.", resolution=f"1.  **{name}** > **Tokens**")
        if term == "Both":
            GlossaryTerm.objects.create(language="en", term=name, target_language="fr")
    GlossaryTerm.objects.create(language="en", term=term or "x", target_language="fr")
    found = [one for one in survey() if one.rule == "two_menu_names"]
    assert len(found) == number
    assert all("Device enrollment › Tokens" in one.text and len(one.others) == 1 for one in found)


def test_findings_are_narrowed(client, reviewer):
    found(problem="[a](/fr/articles/absent/)", other="![](/media/x.png)")
    page = words(client.get(page_of("findings")))
    assert "Liens qui ne mènent nulle part 1" in page
    assert "Un code, deux causes 0" not in page
    assert "Un code, deux causes" in page.split("rien trouvé")[1]
    page = words(client.get(page_of("findings"), {"rule": "dead_link", "language": "fr"}))
    assert "/fr/articles/absent/" in page
    assert "Images sans description : 1" not in page
    page = words(client.get(page_of("findings"), {"rule": "dead_link", "status": "draft"}))
    assert "Aucun constat" in page


@pytest.mark.parametrize(
    ("texts", "rule", "said"),
    [
        ({"problem": "[a](ttps://example.org/)"}, "broken_scheme", "ttps://example.org/"),
        ({"problem": ""}, "no_problem", ""),
        ({"problem": "Un.\n\n<script>\nmot\n</script>"}, "refused_tag", "script"),
        ({"problem": r"Ouvrez \\serveur\partage."}, "lost_backslash", ""),
        ({"problem": "[!SNIPPET absent]"}, "snippet_shown", "absent"),
        ({"problem": "Voir [plus bas](#nulle)."}, "dead_link", "#nulle"),
        ({"problem": "Voir [plus bas](#resolution)."}, None, ""),
    ],
)
def test_what_the_form_warns_of_the_report_of_all_articles_names(texts, rule, said):
    findings = found(**{"problem": "Rien.", **texts})
    assert {name for name, _text in findings} == ({rule} if rule else set())
    assert all(said in text for _name, text in findings)


def test_every_rule_of_the_text_is_named_in_the_report():
    names = {rule.__name__ for rule in WRITTEN}
    assert names <= RULES_OF_ALL.keys()
    by_survey = names | {"prompt_left", "dead_link", "image_without_words", "missed_term"}
    #: What saving takes out, so that no text holds it.
    taken_out = {"hidden_comment"}
    #: What compares one text with all others is asked where that text is written.
    compared = {"likely_duplicate", "cited_elsewhere", "unknown_menu_term"}
    assert {rule.__name__ for rule in RULES} == by_survey | compared | taken_out
