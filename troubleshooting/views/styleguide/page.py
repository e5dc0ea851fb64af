"""Every part of the pages with its states, for developers. There only when ``DEBUG``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from ...filters.facets import chosen_options
from ...models import Article, ArticleTranslation, ErrorCode, Platform
from ...templatetags.portal import icon_names
from ...texts.rendering import Link
from ...texts.structure import structure_article
from ..articles.cards import Card
from ..articles.feedback import step_options
from ..articles.related import Kin, Tag
from ..articles.steps import step_anchors
from ..base import PortalView
from ..searching.gaps import gap_form
from . import samples

SAMPLE = """### Resolution 1

1.  Open **Settings** > **Accounts** > the account, and read `0x80CF0440`.

    > [!WARNING]
    > The removal is final.

2.  Remove the account.

    1.  Tap **Remove**.
    2.  Confirm.

    ![Screen of the accounts](missing.png)

> [!CAUTION]
> This procedure changes the registry.

### Resolution 2

![The mark of the portal](supplied.png)

> [!NOTE]
> A note.

> [!TIP]
> A tip.

> [!IMPORTANT]
> Something important.

| Value | Meaning |
| --- | --- |
| `1` | Enrolled, see [the documentation](https://example.org/help) |

```
dsregcmd /status
```
"""
PROBLEM = "The error **The limit is reached** appears.\n\n> **Limit**  \n> Try again later."


_TAG = Tag(samples.IOS.slug, samples.IOS.name, samples.IOS.icon)


class StyleguideView(PortalView):
    template_name = "troubleshooting/styleguide.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEBUG:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mark = f"{settings.STATIC_URL}portal/icons/favicon.png"
        texts = {"title": "Sample", "problem": PROBLEM, "resolution": SAMPLE}
        found = structure_article(
            texts,
            "en",
            link=lambda href: Link(href, external=True),
            image=lambda source: mark if source == "supplied.png" else None,
        )
        article = Article(slug="sample", status="published")
        page = samples.pages()
        facets = samples.facets()
        return super().get_context_data(
            **kwargs,
            **self._results(),
            found=found,
            platforms=[samples.ANDROID, samples.IOS],
            slug=article.slug,
            cards=self._cards(article, [samples.ANDROID, samples.IOS]),
            around_kin=[Kin("sample", "en", "The limit is reached", True, True, (_TAG,))],
            step_options=step_options(step_anchors(found.html["resolution"])),
            languages=[code for code, _name in settings.LANGUAGES],
            note_links=[],
            facets=facets,
            chosen=chosen_options(facets),
            page=page,
            pages=page.paginator.get_elided_page_range(3, on_each_side=1, on_ends=1),
            icons=sorted(icon_names()),
        )

    def _results(self) -> dict[str, Any]:
        """Return what the parts of the pages of results and indexes are shown with."""
        return {
            "hits": samples.hit_cards(),
            "code_cards": samples.code_cards(),
            "guesses": samples.guess_cards(),
            "blocks": samples.evidence(),
            "chips": samples.chips(),
            "removed": [("a:3", "hexadecimal code 0x5")],
            "missing": samples.missing(),
            "gap_form": gap_form(samples.UNKNOWN),
            "name_label": "Code",
            "index_rows": samples.index_rows(),
            "sorts": samples.sorts(),
        }

    def _cards(self, article: Article, platforms: list[Platform]) -> list[Card]:
        draft = Article(slug="draft", status="draft", audience="staff")
        text = ArticleTranslation(title="The limit is reached", language=self.language)
        other = ArticleTranslation(title="Plafond atteint", language="fr")
        codes = [ErrorCode(canonical=f"0x8007000{number}") for number in range(6)]
        return [
            Card(article, text, False, "What the list says of an article.", platforms, codes[:1]),
            Card(draft, other, True, "", [], codes),
        ]
