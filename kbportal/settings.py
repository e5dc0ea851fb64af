"""Settings of the portal, all from the environment (README.md, "Settings")."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from kbportal.cookies import cookie_name
from kbportal.environment import (
    databases,
    deployment,
    env,
    saml,
    second_factor,
    secret_key,
    single_sign_on,
)
from kbportal.environment.localisation import default_language, languages, time_zone
from kbportal.environment.services import mail, media, translation
from kbportal.limits import clients

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(BASE_DIR)
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")

# Who may reach the portal decides how strict it has to be.
ALLOWED_HOSTS = deployment.allowed_hosts()
IS_LOCAL = deployment.is_local(ALLOWED_HOSTS)
DEBUG = deployment.debug(IS_LOCAL)
CSRF_TRUSTED_ORIGINS = deployment.trusted_origins(IS_LOCAL)
SITE_ADDRESS = deployment.site_address(ALLOWED_HOSTS, IS_LOCAL)

_given_key = env.text("SECRET_KEY")
if IS_LOCAL and not _given_key:
    SECRET_KEY = secret_key.of_this_folder(DATA_DIR / "secret_key")
else:
    SECRET_KEY = secret_key.checked(_given_key)

INSTALLED_APPS = [
    "troubleshooting.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "troubleshooting.apps.TroubleshootingConfig",
]

MIDDLEWARE = [
    "kbportal.logs.RequestLogMiddleware",
    "kbportal.probes.ProbesMiddleware",
    "kbportal.replication.middleware.ReplicaMiddleware",
    "kbportal.middleware.UnstorableMiddleware",
    "kbportal.middleware.PrivateAnswersMiddleware",
    "troubleshooting.caching.pages.CachedPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kbportal.middleware.ContentSecurityPolicyMiddleware",
    "kbportal.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kbportal.middleware.AnonymousGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kbportal.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "troubleshooting.accounts.ownership.refusing.FormOwnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "troubleshooting.api.problems.ApiMiddleware",
    "kbportal.limits.rates.RateLimitMiddleware",
]

# Figures for Prometheus, counted outermost; gunicorn.conf.py starts what answers them.
if env.number("METRICS_PORT", default=0):
    MIDDLEWARE.insert(0, "kbportal.metrics.counting.MetricsMiddleware")

ROOT_URLCONF = "kbportal.urls"
WSGI_APPLICATION = "kbportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["kbportal.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # {% csrf_token %} says whom the form is made for, too.
            "builtins": ["troubleshooting.accounts.ownership.tags"],
        },
    },
]

_primary = databases.database(DATA_DIR)
# Replicas of PostgreSQL are read as long as they are no more seconds behind.
REPLICAS = databases.replicas(_primary)
DATABASES = {"default": _primary, **REPLICAS}
DATABASE_ROUTERS = ["kbportal.replication.router.ReplicaRouter"]
DATABASE_REPLICA_LAG = env.number("DATABASE_REPLICA_LAG", default=5, minimum=1)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Kept pages, some 10 KB each, in each process of the web server.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# Who asks, and how often: counts shared by all processes, in Redis where there are several hosts.
if _cache_url := env.text("CACHE_URL"):
    CACHES["counters"] = databases.shared_cache(_cache_url)
RATE_LIMIT_FACTOR = env.number("RATE_LIMIT_FACTOR", default=1)
TRUSTED_PROXIES = clients.trusted_proxies()
COUNTERS_FILE = DATA_DIR / "counters.sqlite3"

# Languages and time
LANGUAGES = languages()
LANGUAGE_CODE = default_language(LANGUAGES)
USE_I18N = True
FORMAT_MODULE_PATH = ["kbportal.formats"]
# Before those of Django: what it words badly, the catalogues here word again.
LOCALE_PATHS = [BASE_DIR / "troubleshooting" / "locale"]
USE_TZ = True
TIME_ZONE = time_zone()

# Static files and media
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_HANDLERS = [
    "troubleshooting.media.limits.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": media.media_store(),
    "staticfiles": {"BACKEND": "kbportal.static_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Mail: EMAIL_BACKEND, EMAIL_HOST and so on
globals().update(mail.mail_settings())
DEFAULT_FROM_EMAIL = mail.sender(ALLOWED_HOSTS)
TERMINAL_MAIL = mail.TERMINAL
LETTERS_WAIT = False

# Accounts. Passwords are hashed by the first; those of the others are read, then hashed anew.
PASSWORD_HASHERS = [
    "kbportal.hashing.PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Reading: for everyone, or only for who has signed in. Articles are reviewed so many days apart.
SIGN_IN_REQUIRED = env.flag("SIGN_IN_REQUIRED")
if SIGN_IN_REQUIRED:
    MIDDLEWARE.append("django.contrib.auth.middleware.LoginRequiredMiddleware")
LOGIN_URL = "troubleshooting:sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "troubleshooting:home"

# Single sign-on, where a provider is named: apps and middleware of allauth come with it.
OIDC_ISSUER = single_sign_on.issuer(IS_LOCAL)
SSO_GROUPS = single_sign_on.groups()
SSO_GROUPS_CLAIM = env.text("OIDC_GROUPS_CLAIM", "groups")
SSO_NAME = env.text("OIDC_NAME", "OpenID Connect")
OIDC_LINK_BY_MAIL = env.flag("OIDC_LINK_BY_MAIL")
if OIDC_ISSUER:
    globals().update(single_sign_on.settings_of(OIDC_ISSUER))
SAML_METADATA = saml.metadata()
if SAML_METADATA:
    if OIDC_ISSUER:
        raise env.refuse("SAML_METADATA", "and OIDC_ISSUER are both set", "Keep one of them.")
    globals().update(saml.settings_of(SAML_METADATA))
    SSO_GROUPS, SSO_GROUPS_CLAIM = saml.groups(), env.text("SAML_GROUPS_ATTRIBUTE", "groups")
    SSO_NAME = env.text("SAML_NAME", "SAML")

# Second factors and passkeys: off, optional, or required of the staff.
MFA = second_factor.read_mode()
globals().update(second_factor.settings_of(MFA, IS_LOCAL))
if MFA == second_factor.REQUIRED:
    MIDDLEWARE.append("troubleshooting.accounts.factors.gate.SecondFactorMiddleware")

_allauth = [
    *(second_factor.APPS if MFA != second_factor.OFF else ()),
    *(single_sign_on.APPS if OIDC_ISSUER else ()),
    *(saml.APPS if SAML_METADATA else ()),
]
if _allauth:
    # Before the portal's own, which takes their pages out of the administration.
    INSTALLED_APPS[:0] = dict.fromkeys(_allauth)
    MIDDLEWARE.append("allauth.account.middleware.AccountMiddleware")
    # The portal's own words all the same, where both have a text.
    LOCALE_PATHS = [BASE_DIR / "troubleshooting" / "locale"]

API_ORIGINS = deployment.api_origins(IS_LOCAL)
# Whose pages may show the widget in a frame; none: nobody's.
WIDGET_ORIGINS = deployment.widget_origins(IS_LOCAL)
# Hosts of the own network that webhooks may call.
WEBHOOK_PRIVATE_HOSTS = deployment.private_hosts()
REVIEW_DAYS = env.number("REVIEW_DAYS", default=365, minimum=1)
FOUR_EYES = env.flag("FOUR_EYES", default=False)
# Whether authors and reviewers have their roles within their fields of responsibility alone.
ROLES_BY_FIELD = env.flag("ROLES_BY_FIELD", default=False)
# Whether the search learns from the articles that readers open.
LEARN_FROM_CHOICES = env.flag("LEARN_FROM_CHOICES", default=True)
# The service that translates rows for editors, as LibreTranslate does; none: nothing is sent.
TRANSLATION_ENDPOINT = translation.endpoint(IS_LOCAL)
TRANSLATION_TOKEN = env.text("TRANSLATION_TOKEN")
# The folder of a semantic model (model2vec's format), by which the search has a second opinion.
SEMANTIC_MODEL = env.text("SEMANTIC_MODEL")
# Whether it orders what words found as well, by reciprocal rank fusion.
SEMANTIC_FUSION = env.choice("SEMANTIC_FUSION", ("guesses", "rrf"), "guesses")
# Whether resolutions stand in the order of what helped readers; whether an agent and a caller may
# see the steps of a call on two screens.
RESOLUTIONS_BY_OUTCOME = env.flag("RESOLUTIONS_BY_OUTCOME", default=False)
SHARED_CALLS = env.flag("SHARED_CALLS", default=True)

# How long is kept what `manage.py prune` deletes; 0 keeps it for ever.
SEARCH_LOG_DAYS = env.number("SEARCH_LOG_DAYS", default=365)
TRASH_DAYS = env.number("TRASH_DAYS", default=30)
AUDIT_DAYS = env.number("AUDIT_DAYS", default=0)

# Security. Everything a page needs comes from this host, and nothing is written inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "troubleshooting.views.errors.csrf_failure"
SESSION_COOKIE_NAME = cookie_name("sessionid", is_local=IS_LOCAL)
CSRF_COOKIE_NAME = cookie_name("csrftoken", is_local=IS_LOCAL)
LANGUAGE_COOKIE_NAME = cookie_name("django_language", is_local=IS_LOCAL)
MESSAGE_STORAGE = "kbportal.cookies.MessageStorage"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOCAL
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if not IS_LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", default=31_536_000, minimum=3_600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", default=True) and SECURE_HSTS_INCLUDE_SUBDOMAINS
    # Chosen, not forgotten.
    SILENCED_SYSTEM_CHECKS = [
        check
        for check, wanted in (
            ("security.W005", SECURE_HSTS_INCLUDE_SUBDOMAINS),
            ("security.W021", SECURE_HSTS_PRELOAD),
        )
        if not wanted
    ]
    if env.flag("TRUST_FORWARDED_PROTO"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logging: to the terminal, addresses and errors only, never what a reader searched for.
LOG_FORMAT = env.choice("LOG_FORMAT", ("text", "json"), "text")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "kbportal.logs.JsonFormatter"},
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {
        "handlers": ["terminal"],
        "level": env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
    },
    "loggers": {
        # Django would write every SQL statement at DEBUG, and with it what readers typed.
        "django.db.backends": {"level": "INFO"},
        # Scanners ask for made-up hosts all day; each is answered 400, that is enough.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django": {"handlers": [], "propagate": True},
    },
}
