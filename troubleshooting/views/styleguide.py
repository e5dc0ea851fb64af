"""Every part of the pages with its states, for developers. There only when ``DEBUG``."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from ..models import Article, ArticleTranslation, ErrorCode, Outcome, Platform
from ..rendering import Link
from ..structure import structure_article
from ..templatetags.portal import icon_names
from .around import Kin
from .base import PortalView
from .cards import Card
from .feedback import named_steps
from .steps import step_labels

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


class StyleguideView(PortalView):
    template_name = "troubleshooting/styleguide.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        mark = f"{settings.STATIC_URL}portal/favicon.png"
        texts = {"title": "Sample", "problem": PROBLEM, "resolution": SAMPLE}
        found = structure_article(
            texts,
            "en",
            link=lambda href: Link(href, external=True),
            image=lambda source: mark if source == "supplied.png" else None,
        )
        android = Platform(slug="android", name="Android", icon="android")
        ios = Platform(slug="ios", name="iOS/iPadOS", icon="ios")
        article = Article(slug="sample", status="published")
        page = Paginator(range(200), 20).get_page(3)
        return super().get_context_data(
            **kwargs,
            found=found,
            platforms=[android, ios],
            article=article,
            translation=ArticleTranslation(title="Sample", language="en", revision_number=3),
            cards=self._cards(article, [android, ios]),
            around_kin=[Kin("sample", "en", "The limit is reached", True, True, [ios])],
            named_steps=named_steps(step_labels(found.html["resolution"])),
            reasons=Outcome.Reason.choices,
            languages=[code for code, _name in settings.LANGUAGES],
            note_links=[],
            page=page,
            pages=page.paginator.get_elided_page_range(3, on_each_side=1, on_ends=1),
            icons=sorted(icon_names()),
        )

    def _cards(self, article: Article, platforms: list[Platform]) -> list[Card]:
        draft = Article(slug="draft", status="draft", audience="staff")
        text = ArticleTranslation(title="The limit is reached", language=self.language)
        other = ArticleTranslation(title="Plafond atteint", language="fr")
        codes = [ErrorCode(canonical=f"0x8007000{number}") for number in range(6)]
        return [
            Card(article, text, False, "What the list says of an article.", platforms, codes[:1]),
            Card(draft, other, True, "", [], codes),
        ]
