"""What helps to write, as an editor uses it: the slash menu, tables, cells of a spreadsheet."""

import re

import pytest

from tests.browser.editing.test_editing import form_of, portal, reviewer, sign_in  # noqa: F401
from tests.web.content import DRAFT

pytestmark = pytest.mark.usefixtures("portal")

PASTE = """words => {
  const data = new DataTransfer();
  data.setData("text/plain", words);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
  );
}"""
#: What the pages say: by language, in the order in which an editor meets it.
WORDS = {
    "fr": {
        "cause": "Cause", "menu": "Insérer", "table": "tabl", "size": "2 colonnes, 1 ligne",
        "alert": "avertissement", "link": "lien", "query": "Article ou adresse",
        "whole": "L’article entier",
    },
    "en": {
        "cause": "Cause", "menu": "Insert", "table": "tabl", "size": "2 columns, 1 row",
        "alert": "warning", "link": "link", "query": "Article or address",
        "whole": "The whole article",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
def test_a_text_is_written_from_the_slash_menu(page, live_server, reviewer, language):  # noqa: F811
    words = WORDS[language]
    sign_in(page.context, live_server, reviewer)
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/"))
    area = page.locator("#id_cause")
    field = page.get_by_role("textbox", name=words["cause"], exact=True)
    menu = page.get_by_role("listbox", name=words["menu"])
    field.click()
    ask_at_the_beginning_of_a_line(page, area, menu)
    fill_a_table(page, area, field, menu, words)
    add_an_alert(page, area, menu, words)
    paste_cells(page, area)
    link_to_a_place(page, area, words)
    page.locator("#preview .alert-warning").wait_for()
    assert page.locator("#preview table").count() == 2


def ask_at_the_beginning_of_a_line(page, area, menu):
    """Type a slash within words, which is no question, and one at the beginning of a line."""
    page.keyboard.type("shutdown /")
    page.keyboard.press("Enter")
    page.keyboard.type("/")
    menu.wait_for()
    assert menu.get_by_role("option").count() > 15
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    page.keyboard.type("etc/hosts")
    assert area.input_value() == "shutdown /\n/etc/hosts"


def fill_a_table(page, area, field, menu, words):
    """Choose the size of a table; Tab leads from cell to cell."""
    page.keyboard.press("Enter")
    page.keyboard.type(f"/{words['table']}")
    chosen = menu.get_by_role("option", selected=True)
    chosen.wait_for()
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=words["size"]).click()
    for cell in ("A", "B", "1", "2"):
        page.keyboard.type(cell)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("3")
    # A bar is a character of the cell.
    page.keyboard.type("|4")
    table = ["| A | B |", "| --- | --- |", r"| 1 | 3\|4 |"]
    assert rows_of(area)[-4:-1] == table


def add_an_alert(page, area, menu, words):
    """Choose an alert; nothing of what was asked stays in it."""
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(f"/{words['alert']}")
    menu.get_by_role("option").first.click()
    page.keyboard.type("Doucement.")
    assert rows_of(area)[-2:] == ["> [!WARNING]", "> Doucement."]


def paste_cells(page, area):
    """Paste what a spreadsheet copied: a table of its own."""
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.evaluate(PASTE, 'Code\tSens\r\n5\t"Accès ""refusé""\nici|là"\r\n')
    page.wait_for_function("document.querySelector('#id_cause').value.includes('Sens')")
    assert rows_of(area)[-3:] == [
        "| Code | Sens |", "| --- | --- |", '| 5 | Accès "refusé" ici\\|là |',
    ]  # fmt: skip


def link_to_a_place(page, area, words):
    """Choose a link to a place of an article of the portal."""
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type(f"/{words['link']}")
    page.keyboard.press("Enter")
    page.get_by_label(words["query"]).fill("plafond")
    page.locator("[data-link-found] button").first.click()
    page.get_by_role("button", name=words["whole"]).wait_for()
    page.locator("[data-link-found] button").nth(1).click()
    page.wait_for_function("document.querySelector('#id_cause').value.includes('/articles/')")
    assert re.search(r"\[[^\]]+\]\(/fr/articles/[\w-]+/#[\w-]+\)$", area.input_value())


def rows_of(area) -> list[str]:
    """Return the lines of a text without the blanks that fill cells."""
    return [" ".join(row.split()) for row in area.input_value().split("\n")]


#: What is chosen by keys: what is typed after the slash, and what the text says then.
CHOSEN = {
    "fr": {"citation": "> ", "liste": "- ", "gras": "****"},
    "en": {"quot": "> ", "list": "- ", "bold": "****"},
}


@pytest.mark.parametrize("language", CHOSEN)
def test_nothing_of_what_was_asked_stays_whichever_way_it_is_chosen(
    page,
    live_server,
    reviewer,  # noqa: F811
    language,
):
    sign_in(page.context, live_server, reviewer)
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/"))
    words = WORDS[language]
    area = page.locator("#id_cause")
    menu = page.get_by_role("listbox", name=words["menu"])
    page.get_by_role("textbox", name=words["cause"], exact=True).click()
    choose = {
        "Enter": lambda: page.keyboard.press("Enter"),
        "Tab": lambda: page.keyboard.press("Tab"),
        "click": lambda: menu.get_by_role("option").first.click(),
    }
    for asked, written in CHOSEN[language].items():
        for way, press in choose.items():
            page.keyboard.press("Control+A")
            page.keyboard.type("Bonjour.")
            page.keyboard.press("Enter")
            page.keyboard.type(f"/{asked}")
            menu.wait_for()
            press()
            menu.wait_for(state="hidden")
            page.keyboard.type("x")
            left = area.input_value().removeprefix("Bonjour.\n")
            assert left == f"{written[:2]}x{written[2:]}", (asked, way)
