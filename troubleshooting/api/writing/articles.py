"""The operations that make articles, decide about them and lead them from state to state."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Status
from ninja.errors import HttpError

from ...access import ADD_ARTICLE
from ...auditing import Act, note, note_changes
from ...editing import change_status, create_article, update_article
from ...models import Article
from ...rights import may_decide, may_edit
from ..changes import ArticleIn, DetailsIn, TransitionIn, Written
from ..inputs import CHANGE_ERRORS, Number
from ..interface import api
from ..preconditions import name_place, name_revision
from ..reasons import of_one_address
from ..rights import WRITING, check, writer_of
from .platforms import platforms_named
from .saving import article_seen, save_payload, written


def _values(details: DetailsIn) -> dict[str, Any]:
    """Return the fields that are named; none but the day of the review can be empty."""
    values = details.model_dump(exclude_unset=True, exclude={"platforms"})
    return {n: v for n, v in values.items() if v is not None or n == "review_due"}


def _decided(article: Article) -> dict[str, str]:
    """Return what is decided about an article, in words."""
    names = [name for name in DetailsIn.model_fields if name != "platforms"]
    values = {name: str(getattr(article, name) or "") for name in names}
    return {**values, "platforms": ", ".join(sorted(map(str, article.platforms.all())))}


@api.post(
    "/articles/",
    auth=WRITING,
    response={201: Written, **CHANGE_ERRORS},
    operation_id="createArticle",
)
def create(request: HttpRequest, response: HttpResponse, payload: ArticleIn) -> Status[Written]:
    """Make a draft with its first text; the next change of the text has to name the ``ETag``."""
    user = writer_of(request)
    check(may_edit(user, None) and user.has_perm(ADD_ARTICLE))
    values = _values(payload.details)
    with of_one_address(), transaction.atomic():
        article = create_article(
            title=payload.title,
            owner=user,
            platforms=platforms_named(payload.details.platforms, "body.details.platforms") or (),
            by=user,
            **values,
        )
        outcome = save_payload(request, article, payload.language, payload, 0)
        note(user, Act.ADDED, article)
    name_revision(response, outcome.translation.revision_number)
    name_place(response, "read_article", number=article.pk)
    return Status(201, written(article, outcome))


@api.patch(
    "/articles/{number}/",
    auth=WRITING,
    response={200: Written, **CHANGE_ERRORS},
    operation_id="changeArticle",
)
def change(request: HttpRequest, number: Number, payload: DetailsIn) -> Written:
    """Change what is decided about an article beside its texts."""
    article = article_seen(request, number)
    check(may_decide(writer_of(request), article))
    with of_one_address(), transaction.atomic():
        before = _decided(article)
        update_article(
            article,
            platforms=platforms_named(payload.platforms, "body.platforms"),
            by=writer_of(request),
            **_values(payload),
        )
        note_changes(writer_of(request), article, before, _decided(article))
    return written(article)


@api.post(
    "/articles/{number}/status/",
    auth=WRITING,
    response={200: Written, **CHANGE_ERRORS},
    operation_id="changeStatus",
)
def lead_on(request: HttpRequest, number: Number, payload: TransitionIn) -> Written:
    """Lead an article from one state to another.

    To ``publish`` names the ``revisions`` of all texts, as they were read. Without them the answer
    is 428, and 409 where somebody saved another meanwhile.
    """
    article = article_seen(request, number)
    if payload.transition == "publish" and payload.revisions is None:
        raise HttpError(428, _("Say by “revisions” which texts you publish."))
    change_status(
        article,
        payload.transition,
        user=writer_of(request),
        comment=payload.comment,
        accept_missing=payload.accept_missing,
        seen=payload.revisions,
    )
    return written(article)
