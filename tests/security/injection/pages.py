"""Every page that shows a text of others, and what a reader types and presses there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from tests.security.injection.hostile import CODE, SHORT, batched, log, marked, packed
from tests.security.injection.payloads import PAYLOADS
from tests.security.injection.reader import Reader
from troubleshooting.models import Article, SourceDocument


def addresses() -> Iterator[str]:
    """Pages that need no more than their address, the administration's included."""
    slugs = [article.slug for article in Article.objects.order_by("pk")]
    long = [slug for slug in slugs if slug.startswith(("texte-", "probleme-"))]
    yield from (f"/fr/articles/{slug}/" for slug in [*long, "titre-0", *slugs[-3:]])
    yield f"/en/articles/{long[0]}/"
    yield f"/fr/articles/{long[0]}/steps.json"
    yield f"/fr/documents/{SourceDocument.objects.get().key}/"
    names = ("", "articles/", "codes/", "messages/", "documents/", "platforms/android/")
    yield from (f"/fr/{name}" for name in (*names, f"codes/{CODE}/", "offline/index.json"))
    yield from (f"/fr/articles/titre-0/{name}/" for name in ("feedback", "error"))
    yield from _searches()
    with translation.override("fr"):
        yield from _administration()


def _searches() -> Iterator[str]:
    for query in [*islice(packed(SHORT, 300), 5), CODE, "s’affiche", "img onerror", "problème"]:
        yield f"/fr/search/?{urlencode({'q': query})}"
    hostile = {"q": CODE, "platform": SHORT[0], "kind": SHORT[1], "without": SHORT[2:5]}
    yield f"/fr/search/?{urlencode(hostile | {'page': SHORT[5]}, doseq=True)}"
    yield f"/fr/articles/?{urlencode({'platform': SHORT[0], 'code': SHORT[1]})}"
    yield f"/fr/codes/?{urlencode({'platform': SHORT[0], 'q': SHORT[1]})}"


def _administration() -> Iterator[str]:
    for model, page in admin.site._registry.items():
        if model._meta.app_label != "troubleshooting":
            continue
        name = f"admin:troubleshooting_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        for row in page.model.objects.order_by("-pk")[:1]:
            yield reverse(f"{name}_change", args=[row.pk])


def converse(reader: Reader) -> None:
    """Paste a log, be given suggestions, copy notes, send a faulty report, save for offline."""
    page = reader.page
    page.goto("/fr/")
    box = page.locator("form.search-box [name=q]").first
    box.press_sequentially("img onerr")
    page.get_by_role("option").first.wait_for()
    reader.do_everything()
    _paste(reader)
    _send_faulty_gap(reader)
    _copy_notes(reader)
    _save_for_offline(reader)
    _preview(reader)


def _paste(reader: Reader) -> None:
    page = reader.page
    page.goto("/fr/search/")
    page.evaluate(
        """(text) => {
          const form = document.querySelector("form.search-box");
          const area = document.createElement("textarea");
          area.name = "q";
          area.value = text;
          form.querySelector("[name=q]").replaceWith(area);
          form.requestSubmit();
        }""",
        log(),
    )
    page.locator("#evidence").wait_for()
    reader.do_everything()


def _send_faulty_gap(reader: Reader) -> None:
    page = reader.page
    page.goto("/fr/gaps/")
    page.evaluate(
        """(text) => {
          const form = document.querySelector("main form:has([name=subject])");
          form.noValidate = true;
          for (const name of ["subject", "comment"]) {
            form.elements[name].maxLength = 10000;
            form.elements[name].value = text;
          }
          form.submit();
        }""",
        " ".join(SHORT[:60]),
    )
    page.locator(".field-error").first.wait_for()
    reader.do_everything()


def _copy_notes(reader: Reader) -> None:
    page = reader.page
    page.goto("/fr/articles/titre-0/")
    for button in ("[data-ticket]:visible", "[data-caller]:visible"):
        page.locator(button).click()
        page.locator("[data-said] p").last.wait_for(state="attached")
    reader.do_everything()


def _save_for_offline(reader: Reader) -> None:
    page = reader.page
    page.goto("/fr/offline/")
    page.locator("[data-save]").click()
    page.locator("[data-results] li").nth(20).wait_for()
    reader.do_everything()


def _preview(reader: Reader) -> None:
    """All payloads once more, in the preview beside an article that is being written."""
    page = reader.page
    with translation.override("fr"):
        page.goto(reverse("admin:troubleshooting_article_add"))
    for some in batched(PAYLOADS, 160):
        page.evaluate(
            """(text) => {
              const form = document.getElementById("article_form");
              const preview = document.getElementById("preview");
              delete preview.dataset.shown;
              const done = () => { preview.dataset.shown = ""; };
              preview.addEventListener("preview:done", done, { once: true });
              form.elements.problem.value = text;
              form.dispatchEvent(new Event("input"));
            }""",
            marked(some),
        )
        page.locator("#preview[data-shown]").wait_for(state="attached")
        reader.do_everything()
        assert not reader.foreign()
