"""Addresses below a language's prefix."""

from django.urls import path

from .views import accounts, discovery, feeds, home, offline, tokens
from .views.articles import feedback, history, markdown, picture, steps
from .views.articles import listing as articles
from .views.articles import page as article
from .views.calls import caller, sharing
from .views.indexes import codes, documents, messages, platforms
from .views.searching import gaps, logs, suggestions, tickets
from .views.searching import results as search

app_name = "troubleshooting"

urlpatterns = [
    path("sign-in/", accounts.SignInView.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOutView.as_view(), name="sign_out"),
    path("password/", accounts.PasswordResetView.as_view(), name="password_reset"),
    path("password/sent/", accounts.PasswordResetSentView.as_view(), name="password_reset_sent"),
    path("password/set/", accounts.PasswordSetView.as_view(), name="password_set"),
    path(
        "password/<str:uidb64>/<str:token>/",
        accounts.NewPasswordView.as_view(),
        name="password_new",
    ),
    path("tokens/", tokens.TokensView.as_view(), name="tokens"),
    path("", home.HomeView.as_view(), name="home"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("search/suggestions/", suggestions.suggestions, name="suggestions"),
    path("search/chosen/", suggestions.note_choice, name="chosen"),
    path("logs/", logs.LogsView.as_view(), name="logs"),
    path("tickets/", tickets.TicketView.as_view(), name="tickets"),
    path("widget/", tickets.WidgetView.as_view(), name="widget"),
    path("search/opensearch.json", discovery.opensearch_suggestions, name="opensearch_suggestions"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
    path("recent.atom", feeds.RecentArticles(), name="feed"),
    path("platforms/<slug:slug>/recent.atom", feeds.OfPlatform(), name="platform_feed"),
    path("codes/<slug:family>/recent.atom", feeds.OfFamily(), name="family_feed"),
    path("gaps/", gaps.GapView.as_view(), name="gap"),
    path("gaps/thanks/", gaps.GapThanksView.as_view(), name="gap_thanks"),
    path("articles/", articles.ArticleListView.as_view(), name="article_list"),
    path("articles/<slug:slug>/", article.ArticleView.as_view(), name="article"),
    path(
        "articles/<slug:slug>.md", markdown.ArticleMarkdownView.as_view(), name="article_markdown"
    ),
    path("articles/<slug:slug>/steps.json", steps.steps_json, name="article_steps"),
    path("articles/<slug:slug>/history/", history.HistoryView.as_view(), name="article_history"),
    path("articles/<slug:slug>/qr.svg", history.article_qr, name="article_qr"),
    path("articles/<slug:slug>/picture.png", picture.article_picture, name="article_picture"),
    path("articles/<slug:slug>/feedback/", feedback.FeedbackView.as_view(), name="feedback"),
    path("articles/<slug:slug>/error/", feedback.ErrorReportView.as_view(), name="error_report"),
    path(
        "articles/<slug:slug>/thanks/",
        feedback.FeedbackThanksView.as_view(),
        name="feedback_thanks",
    ),
    path("calls/", sharing.OpenCallView.as_view(), name="call_open"),
    path("calls/join/", caller.JoinCallView.as_view(), name="call_join"),
    path("calls/join/<str:letters>/", caller.JoinCallView.as_view(), name="call_join"),
    path("calls/<str:secret>/", caller.CallerView.as_view(), name="call"),
    path("calls/<str:secret>/state.json", sharing.CallStateView.as_view(), name="call_state"),
    path("offline/", offline.OfflineView.as_view(), name="offline"),
    path("offline/index.json", offline.OfflineIndexView.as_view(), name="offline_index"),
    path("documents/", documents.DocumentListView.as_view(), name="document_list"),
    path("documents/<slug:key>/", documents.DocumentView.as_view(), name="document"),
    path("codes/", codes.CodeListView.as_view(), name="code_list"),
    path("codes/<str:canonical>/", codes.CodeView.as_view(), name="code"),
    path("messages/", messages.MessageListView.as_view(), name="message_list"),
    path("platforms/<slug:slug>/", platforms.PlatformView.as_view(), name="platform"),
]
