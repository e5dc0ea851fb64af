"""Addresses below a language's prefix."""

from django.urls import path

from .views import articles, codes, documents, home, platforms

app_name = "troubleshooting"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("articles/", articles.ArticleListView.as_view(), name="article_list"),
    path("articles/<slug:slug>/", articles.ArticleView.as_view(), name="article"),
    path("documents/", documents.DocumentListView.as_view(), name="document_list"),
    path("documents/<slug:key>/", documents.DocumentView.as_view(), name="document"),
    path("codes/", codes.CodeListView.as_view(), name="code_list"),
    path("codes/<str:canonical>/", codes.CodeView.as_view(), name="code"),
    path("platforms/<slug:slug>/", platforms.PlatformView.as_view(), name="platform"),
]
