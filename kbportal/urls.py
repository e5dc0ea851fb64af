"""Addresses of the site: every page below its language's prefix, the admin included."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from troubleshooting.views.media import image
from troubleshooting.views.offline import service_worker
from troubleshooting.views.styleguide import StyleguideView

urlpatterns = [
    # To the home page in the language that the reader's browser asks for.
    path("", RedirectView.as_view(pattern_name="troubleshooting:home")),
    path("media/<str:name>", image, name="media"),
    path("sw.js", service_worker),
    path("styleguide/", StyleguideView.as_view()),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("troubleshooting.urls")),
    ),
]

handler400 = "troubleshooting.views.errors.bad_request"
handler403 = "troubleshooting.views.errors.permission_denied"
handler404 = "troubleshooting.views.errors.page_not_found"
handler500 = "troubleshooting.views.errors.server_error"
