"""Addresses of the site: every page below its language's prefix, the admin included."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.views.decorators.vary import vary_on_cookie
from django.views.generic import RedirectView

from kbportal.environment.second_factor import OFF
from troubleshooting.api.documentation import page as api_page
from troubleshooting.api.operations import api
from troubleshooting.api.problems import unknown_address
from troubleshooting.assistants.endpoint import endpoint as mcp
from troubleshooting.views.calls.caller import short as short_call
from troubleshooting.views.discovery import llms_txt
from troubleshooting.views.media import image
from troubleshooting.views.offline import service_worker
from troubleshooting.views.searching.tickets import widget_script
from troubleshooting.views.sitemaps import SITEMAPS, robots, sitemap_index
from troubleshooting.views.styleguide.page import StyleguideView

#: The way to the provider of single sign-on and back.
_single_sign_on = (
    [path("sso/", include("allauth.socialaccount.providers.openid_connect.urls"))]
    if settings.OIDC_ISSUER
    else []
)
if settings.SAML_METADATA:
    _single_sign_on.append(path("sso/", include("troubleshooting.views.saml")))

#: Signing in with a second factor, and the pages on which people add one.
_second_factors = (
    [path("", include("troubleshooting.views.factors"))] if settings.MFA != OFF else []
)

urlpatterns = [
    *_single_sign_on,
    # To the home page in the language that the reader chose, else the one the browser asks for.
    # No other address depends on the cookie, so that other pages are the same for everyone.
    path("", vary_on_cookie(RedirectView.as_view(pattern_name="troubleshooting:home"))),
    path("media/<str:name>", image, name="media"),
    path("robots.txt", robots),
    path("api/v1/", RedirectView.as_view(pattern_name="api_docs", query_string=True)),
    path("api/v1/docs/", api_page.docs, name="api_docs"),
    path("api/v1/", api.urls),
    re_path("^api/v1/", unknown_address),
    path("mcp", mcp, name="mcp"),
    path("llms.txt", llms_txt),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, "sitemap"),
    path("c/", short_call, name="short_call"),
    path("c/<str:letters>", short_call, name="short_call"),
    path("sw.js", service_worker),
    path("widget.js", widget_script, name="widget_script"),
    path("styleguide/", StyleguideView.as_view()),
    *i18n_patterns(
        *_second_factors,
        path("admin/", admin.site.urls),
        path("", include("troubleshooting.urls")),
    ),
]

handler400 = "troubleshooting.views.errors.bad_request"
handler403 = "troubleshooting.views.errors.permission_denied"
handler404 = "troubleshooting.views.errors.page_not_found"
handler500 = "troubleshooting.views.errors.server_error"
