"""Who a form was made for: named in the form, signed, and compared when it is sent.

A browser has one session for all of its tabs. Whoever signs in in one of them is who sends the
forms that stand open in the others, made for somebody else and filled by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.http import HttpRequest

#: The field that names whom a form was made for. Scripts send it with what they save, too
#: (``saving/session.js``); like all that begins with a line it is not taken for what was typed.
FIELD = "_made_for"
_SALT = "form made for"


def made_for(request: HttpRequest) -> int | None:
    """Return the key of the person for whom the posted form was made; None: it does not say."""
    try:
        return int(Signer(salt=_SALT).unsign(request.POST.get(FIELD, "")))
    except (BadSignature, ValueError):
        return None


def owner_field(user: Any) -> SafeString:
    """Return the field of a form made for ``user``, which nobody else can write.

    None where nobody has signed in.
    """
    if not getattr(user, "is_authenticated", False):
        return SafeString("")
    value = Signer(salt=_SALT).sign(str(user.pk))
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, value)


def form_keys(request: HttpRequest) -> SafeString:
    """Return the hidden fields of a form that is written without a template."""
    secret = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )
    return owner_field(request.user) + secret
