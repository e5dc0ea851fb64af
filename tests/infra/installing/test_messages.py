"""The message catalogues: what is collected, what counts as complete, what is compiled."""

import gettext
from pathlib import Path

import pytest

from kbportal import catalogues
from scripts import messages

HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"""
TEMPLATE = """{% load i18n %}
  {# Translators: a button #}
  <p title="{% translate 'It''s' %}">{% translate "Search" %}</p>
      {% blocktranslate count n=hits|length trimmed %}
        {{ n }} hit
      {% plural %}
        {{ n }} hits
      {% endblocktranslate %}
 <b>{{ _("Home") }} {% if a == _("Code") %}don't{% endif %} ((</b>
{% translate "May" context "month" %}"""


@pytest.fixture
def project(tmp_path) -> Path:
    """Return a project with a template, code, a script, and an empty French catalogue."""
    for name in ("app/locale/fr/LC_MESSAGES", "templates", "static/vendor", "troubleshooting"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "templates" / "a.html").write_text(TEMPLATE.replace("''", ""))
    code = (
        "from x import gettext_lazy as _\n_('Lazy')\nngettext_lazy('%(n)d a', '%(n)d b')\n_(name)\n"
    )
    (tmp_path / "troubleshooting" / "a.py").write_text(code)
    (tmp_path / "static" / "vendor" / "a.js").write_text("gettext('Not ours')")
    catalogue(tmp_path).write_text(HEADER)
    return tmp_path


def catalogue(project: Path) -> Path:
    """Return the path of the French catalogue."""
    return project / "app" / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def test_texts_of_scripts_have_a_catalogue_of_their_own(project):
    (project / "static" / "b.js").write_text("button.title = gettext('Copy');")
    found = messages.extract(project)
    assert [message.id for message in found["djangojs"] if message.id] == ["Copy"]
    assert "app/locale/fr/LC_MESSAGES/djangojs.po: is missing; run make messages" in (
        messages.check(project)
    )
    messages.update(project)
    assert 'msgid "Copy"' in catalogue(project).with_stem("djangojs").read_text()


def test_what_the_fields_of_the_api_are_is_collected(project):
    meanings = project / messages.MEANINGS
    meanings.parent.mkdir()
    meanings.write_text('[about]\nHit = "An article."\n[objects.Hit]\nurl = "Its address."\n')
    assert {"An article.", "Its address."} <= {
        one.id for one in messages.extract(project)["django"]
    }


def test_texts_of_templates_and_code_are_collected(project):
    found = messages.extract(project)
    texts = {(message.context, message.id) for message in found["django"] if message.id}
    assert texts == {
        (None, "Its"),
        (None, "Search"),
        (None, ("%(n)s hit", "%(n)s hits")),
        (None, "Home"),
        (None, "Code"),
        ("month", "May"),
        (None, "Lazy"),
        (None, ("%(n)d a", "%(n)d b")),
    }
    assert not len(found["djangojs"])


def test_update_adds_and_drops_and_changes_nothing_the_second_time(project):
    path = catalogue(project)
    path.write_text(
        HEADER + '\nmsgid "Search"\nmsgstr "Rechercher"\n\nmsgid "Old"\nmsgstr "Vieux"\n'
    )
    messages.update(project)
    first = path.read_bytes()
    assert b'msgid "Lazy"' in first
    assert b'msgstr "Rechercher"' in first
    assert b"Old" not in first
    messages.update(project)
    assert path.read_bytes() == first


def complete(path: Path) -> str:
    """Return a catalogue in which every text of the project is translated."""
    plain = ("Its", "Search", "Home", "Code", "Lazy")
    return HEADER + "".join(
        [
            *(f'\nmsgid "{text}"\nmsgstr "x"\n' for text in plain),
            '\nmsgctxt "month"\nmsgid "May"\nmsgstr "mai"\n',
            '\nmsgid "%(n)s hit"\nmsgid_plural "%(n)s hits"\n'
            'msgstr[0] "%(n)s a"\nmsgstr[1] "%(n)s b"\n',
            '\n#, python-format\nmsgid "%(n)d a"\nmsgid_plural "%(n)d b"\n'
            'msgstr[0] "%(n)d a"\nmsgstr[1] "%(n)d b"\n',
        ]
    )


def test_complete_and_compiled_catalogue_has_no_fault(project):
    path = catalogue(project)
    path.write_text(complete(path))
    assert messages.check(project) == [
        "app/locale/fr/LC_MESSAGES/django.po: is not compiled; run manage.py compile_catalogues"
    ]
    assert catalogues.compile_file(path)
    assert not catalogues.compile_file(path)
    assert messages.check(project) == []
    with path.with_suffix(".mo").open("rb") as stream:
        assert gettext.GNUTranslations(stream).ngettext("%(n)s hit", "%(n)s hits", 2) == "%(n)s b"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("#, python-format\n", "#, python-format, fuzzy\n"), "does not translate ('%(n)d a'"),
        (
            ('msgid "Search"\nmsgstr "x"', 'msgid "Search"\nmsgstr ""'),
            "does not translate 'Search'",
        ),
        (('msgstr[1] "%(n)s b"', 'msgstr[1] ""'), "does not translate ('%(n)s hit'"),
        (('msgid "Home"\nmsgstr "x"', ""), "lacks 'Home' (templates/a.html:9)"),
        (('\nmsgid ""', '\n#, fuzzy\nmsgid ""'), "header marked fuzzy"),
        (('msgstr[0] "%(n)d a"', 'msgstr[0] "%(m)d a"'), "placeholder"),
        (('msgid "Home"', "msgid Home"), "django.po:"),
    ],
)
def test_faults_are_named(project, change, fault):
    path = catalogue(project)
    text = complete(path)
    assert change[0] in text
    path.write_text(text.replace(*change, 1))
    assert any(fault in line for line in messages.check(project)), messages.check(project)


def test_project_without_any_catalogue_is_not_complete(tmp_path):
    assert messages.check(tmp_path) == ["There is no message catalogue."]
