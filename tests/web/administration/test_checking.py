"""The rules that look over a text: for each, texts that it speaks of and texts that it does not."""

import pytest
from django.utils import translation

from tests.web.content import BILINGUAL, CODE, DOCUMENT, DRAFT, DRAFT_CODE, FRENCH_ONLY, write
from tests.web.editors import person
from troubleshooting.access import reader_for
from troubleshooting.checking import RULES, CheckedText, Finding, check
from troubleshooting.editing import preview
from troubleshooting.models import Article, GlossaryTerm, Platform

STEPS = "1.  Redémarrez l’appareil."

#: What a text says, and the rules that speak of it, in the order of the list of findings.
CASES = {
    "nothing to say": ({}, []),
    "no resolution": ({"resolution": ""}, ["no_resolution"]),
    "advice needs neither": ({"resolution": "", "problem": "", "kind": "advice"}, []),
    "no problem": ({"problem": ""}, ["no_problem"]),
    "further information is enough": ({"problem": "", "other": "Un écran noir."}, []),
    "broken scheme": ({"cause": "[aide](ttps://example.org)"}, ["broken_scheme"]),
    "script": ({"cause": "[aide](javascript:x)"}, ["broken_scheme"]),
    "web": ({"cause": "[aide](https://example.org) <mailto:a@example.org>"}, []),
    "relative link": ({"cause": "[aide](autre.md)"}, ["dead_link"]),
    "article": ({"cause": f"[aide](/fr/articles/{BILINGUAL}/)"}, []),
    "step of an article": ({"cause": f"[x](/en/articles/{BILINGUAL}/#resolution-1-step-2)"}, []),
    "section of an article": ({"cause": f"[x](/fr/articles/{FRENCH_ONLY}/#problem)"}, []),
    "no such article": ({"cause": "[x](/fr/articles/nulle-part/)"}, ["dead_link"]),
    "no such article on its own host": (
        {"cause": "[x](http://testserver/fr/articles/nulle-part/)"},
        ["dead_link"],
    ),
    "its own host in capitals, by itself": (
        {"cause": "Voir http://TESTSERVER/fr/articles/nulle-part/ puis."},
        ["dead_link"],
    ),
    "its own host in angle brackets": (
        {"cause": "Voir <http://testserver/fr/platforms/amiga/>."},
        ["dead_link"],
    ),
    "an article on its own host": (
        {"cause": f"[x](http://testserver/fr/articles/{BILINGUAL}/)"},
        [],
    ),
    "another host": ({"cause": "Voir https://example.org/fr/articles/nulle-part/"}, []),
    "another port": ({"cause": "Voir http://testserver:81/fr/articles/nulle-part/"}, []),
    "no such step": ({"cause": f"[x](/fr/articles/{BILINGUAL}/#resolution-9)"}, ["dead_link"]),
    "document": ({"cause": f"[x](/fr/documents/{DOCUMENT}/#general)"}, []),
    "part of a document": ({"cause": f"[x](/fr/documents/{DOCUMENT}/#a-0)"}, []),
    "no such document": ({"cause": "[x](/fr/documents/aucun/)"}, ["dead_link"]),
    "no such part": ({"cause": f"[x](/fr/documents/{DOCUMENT}/#aucune)"}, ["dead_link"]),
    "code": ({"cause": f"[x](/fr/codes/{CODE}/)"}, []),
    "no such code": ({"cause": "[x](/fr/codes/0x80180014/)"}, ["dead_link"]),
    "platform": ({"cause": "[x](/fr/platforms/android/)"}, []),
    "no such platform": ({"cause": "[x](/fr/platforms/amiga/)"}, ["dead_link"]),
    "another page": ({"cause": "[x](/fr/articles/)"}, []),
    "own step": ({"cause": "[x](#resolution-1-step-1)"}, []),
    "no such step here": ({"cause": "[x](#resolution-7)"}, ["dead_link"]),
    "silent image": ({"cause": "![](a.png)"}, ["image_without_words"]),
    "image": ({"cause": "![Écran des comptes](a.png)"}, []),
    "placeholder": ({"cause": "net use <lecteur> `\\\\serveur\\partage`"}, []),
    "share": ({"cause": "net use <lecteur> \\\\<serveur>\\partage"}, ["lost_backslash"]),
    "cell out of its table": ({"cause": "Un <td> seul"}, ["refused_tag"]),
    "refused tag": ({"cause": "Un\n\n<center>mot</center>"}, ["refused_tag"]),
    "refused inside a line": ({"cause": 'Un <font color="red">mot</font>'}, ["refused_tag"]),
    "script of a page": ({"cause": "<script>\nx\n</script>"}, ["refused_tag"]),
    "comment": ({"cause": "Un <!-- net use --> deux."}, ["hidden_comment"]),
    "comment of a block": ({"cause": "Un.\n\n<!--\nnet use\n-->\n\nDeux."}, ["hidden_comment"]),
    "comment that says nothing": ({"cause": "Un <!-- - --> deux."}, []),
    "comment in code": ({"cause": "Un `<!-- net use -->` deux."}, []),
    "tag in code": ({"cause": "`<center>mot</center>`"}, []),
    "snippet that is not there": ({"cause": "[!SNIPPET absent]"}, ["snippet_shown"]),
    "prompt of a template": ({"cause": "Voir {{le journal}}."}, ["prompt_left"]),
    "prompt in the title": ({"title": "{{programme}} refuse"}, ["prompt_left"]),
    "braces of a program": ({"cause": "`{{ variable }}` et ${{ secrets.X }}"}, []),
    "code elsewhere": ({"cause": f"Voir {CODE}."}, ["cited_elsewhere"]),
    "same code in front": (
        {"problem": f"Erreur {CODE}."},
        ["likely_duplicate", "cited_elsewhere"],
    ),
    "same code on another platform": (
        {"problem": f"Erreur {CODE}.", "platforms": "macos"},
        ["cited_elsewhere"],
    ),
    "near message": (
        {"problem": "L’erreur **Le serveur de gestion ne repond plus** s’affiche."},
        ["likely_duplicate"],
    ),
    "another message": ({"problem": "L’erreur **Le câble est débranché** s’affiche."}, []),
    "menu that others use": ({"resolution": "1.  Ouvrez **Paramètres** > **Wi-Fi**."}, []),
    "menu of the glossary": ({"resolution": "1.  Ouvrez **Portail** > **Wi-Fi**."}, []),
    "menu of its own": (
        {"resolution": "1.  Ouvrez **Paramétres** > **Wi-Fi**."},
        ["unknown_menu_term"],
    ),
}


@pytest.fixture
def editor(portal):
    """Return an editor of a portal with a message and a glossary."""
    article = portal.articles[FRENCH_ONLY]
    message = "L’erreur **Le serveur de gestion ne répond plus** s’affiche."
    write(article, "fr", "Échec de l’installation du profil", problem=message)
    GlossaryTerm.objects.create(language="fr", term="Portail", target_language="en")
    return person("rene", "Reviewer")


def findings(user, article: Article | None = None, **changes: str) -> list[Finding]:
    """What the rules say of a French text about Android and iOS in which ``changes`` were made."""
    platforms = changes.pop("platforms", "android ios").split()
    kind = changes.pop("kind", "problem")
    texts = {"title": "Nouveau", "problem": "Rien ne va.", "resolution": STEPS, **changes}
    key = article.pk if article else None
    made = preview(texts, "fr", key)
    with translation.override("fr"):
        return check(
            CheckedText(
                texts=made.texts,
                language="fr",
                structured=made.structured,
                links=made.links,
                typed=texts,
                reader=reader_for(user),
                article=key,
                kind=kind,
                platforms=frozenset(
                    Platform.objects.filter(slug__in=platforms).values_list("pk", flat=True)
                ),
                own_hosts=frozenset({"testserver"}),
            )
        )


def test_rules_speak_of_what_they_are_for(editor):
    spoken = {
        name: [finding.rule for finding in findings(editor, **changes)]
        for name, (changes, _) in CASES.items()
    }
    assert spoken == {name: rules for name, (_, rules) in CASES.items()}


def test_every_rule_has_a_case():
    spoken = {rule for _, rules in CASES.values() for rule in rules}
    of_translations = {"missed_term"}
    assert spoken | of_translations == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Ouvrez le portail.", False),
        ("Ouvrez les portails.", False),
        ("Ouvrez le site.", True),
        ("Ouvrez [le site](https://example.org/portail).", True),
    ],
)
def test_a_translation_calls_terms_as_the_glossary_says(editor, portal, text, is_found):
    article = portal.articles["conseils"]
    article.translations.all().delete()
    write(article, "en", "Advice", resolution="1.  Open the company website.")
    write(article, "fr", "Conseil", resolution="1.  Rien.")
    GlossaryTerm.objects.create(
        language="fr", term="portail", target_language="en", translation="company website"
    )
    found = [one for one in findings(editor, article, cause=text) if one.rule == "missed_term"]
    assert [one.is_hint for one in found] == [True] * is_found


def test_a_finding_says_where_it_is_and_names_other_articles(editor):
    (finding,) = findings(editor, cause=f"Voir {CODE} ici.")
    assert (finding.section, finding.quote, finding.is_hint) == ("cause", CODE, True)
    assert [other.title for other in finding.articles] == ["Plafond atteint"]
    (finding,) = findings(editor, cause="[x](/fr/articles/nulle-part/)")
    assert (finding.section, finding.quote) == ("cause", "/fr/articles/nulle-part/")
    assert "/fr/articles/nulle-part/" in finding.text


def test_an_article_does_not_speak_of_itself(editor, portal):
    article = portal.articles[BILINGUAL]
    rules = {f.rule for f in findings(editor, article, problem=f"Erreur {CODE}.")}
    assert not rules & {"likely_duplicate", "cited_elsewhere"}


def test_nothing_is_said_of_what_the_reader_may_not_see(editor):
    reader = person("gast")
    changes = {"problem": f"Erreur {DRAFT_CODE}.", "cause": f"[x](/fr/articles/{DRAFT}/)"}
    named = [o.title for f in findings(editor, **changes) for o in f.articles]
    assert "Brouillon secret" in named
    found = findings(reader, **changes)
    assert "Brouillon secret" not in [o.title for f in found for o in f.articles]
    assert "dead_link" in [f.rule for f in found]
