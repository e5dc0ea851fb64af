"""Addresses and characters that a text or a header may hold, and no page may follow or break on."""

import pytest
from django.core.management import call_command

from troubleshooting.models import SourceDocument
from troubleshooting.texts.rendering import (
    RenderingContext,
    inner_html,
    plain_link,
    render,
    web_address,
)

SCRIPT = "javascript:fired(1)//"
HEADER = """---
title: Erreurs
license: Libre
license_url: {address}
source_url: {address}
---
# Erreurs

## <a name="un"></a>Un
**Problème :** Rien.
"""


@pytest.mark.parametrize("address", [SCRIPT, f" {SCRIPT}", "data:text/html,x", "//[", "http://["])
def test_a_header_names_addresses_of_the_web_alone(db, tmp_path, address):
    path = tmp_path / "errors.fr.md"
    path.write_text(HEADER.format(address=f"'{address}'"), "utf-8")
    call_command("import_docs", str(path), verbosity=0)
    document = SourceDocument.objects.get()
    assert (document.licence, document.licence_url, document.source_url) == ("Libre", "", "")
    assert web_address("https://example.org/") == "https://example.org/"


@pytest.mark.parametrize("address", ["//[x", "//a]b/", "//\u2100.example", "http://[x"])
def test_what_is_no_address_is_no_link(address):
    html = inner_html(render(f'<a href="{address}">x</a>', RenderingContext(plain_link)))
    assert html == "<p>x</p>"


@pytest.mark.parametrize("character", ["&#1;", "\x01", "\x0c", "&#xfffe;", "\uffff"])
def test_characters_that_no_document_holds_are_dropped_or_replaced(character):
    context = RenderingContext(plain_link, image=lambda source: "/media/x.png")
    html = inner_html(render(f"a{character}b ![c{character}d](x.png)", context))
    shown = html.replace("\ufffd", "")  # what CommonMark shows for such a reference
    assert "ab" in shown
    assert 'alt="cd"' in shown
