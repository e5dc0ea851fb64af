"""The way to a provider of SAML and back. Loads allauth: included only where one is named.

Not all that allauth offers: signing out at the provider's word would let anybody's page do it, with
a redirect to where it likes, since not every provider signs such a message.
"""

from __future__ import annotations

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.saml import views
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator

from ..accounts.entering import refused

logger = logging.getLogger(__name__)


@method_decorator(login_not_required, name="dispatch")
class SamlAnswerView(views.FinishACSView):
    """What the provider says of somebody, or somebody who pretends to be one."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        try:
            answer: HttpResponse = super().dispatch(request, organization_slug)
        except (ImmediateHttpResponse, Http404, DatabaseError):
            raise
        except Exception as error:  # whatever parsers say of what strangers send
            logger.warning("Single sign-on failed: %s", type(error).__name__)
            return refused()
        return answer


@login_not_required
def no_sign_out(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Answer that there is nothing; the provider is told of the address all the same.

    Raise ``Http404``: always.
    """
    raise Http404


urlpatterns = [
    path("saml/<slug:organization_slug>/login/", views.login, name="saml_login"),
    path("saml/<slug:organization_slug>/acs/", views.acs, name="saml_acs"),
    path(
        "saml/<slug:organization_slug>/acs/finish/",
        SamlAnswerView.as_view(),
        name="saml_finish_acs",
    ),
    path("saml/<slug:organization_slug>/metadata/", views.metadata, name="saml_metadata"),
    path("saml/<slug:organization_slug>/sls/", no_sign_out, name="saml_sls"),
]
