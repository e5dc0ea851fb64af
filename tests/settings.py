"""Settings of the test run: the real ones, untouched by the environment of who runs it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from kbportal import catalogues

REMOVED = (
    "ALLOWED_HOSTS",
    "API_ORIGINS",
    "AUDIT_DAYS",
    "CACHE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_POOL",
    "DATABASE_REPLICA_LAG",
    "DATABASE_REPLICA_URLS",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "DEFAULT_LANGUAGE",
    "EMAIL_URL",
    "FOUR_EYES",
    "HSTS_PRELOAD",
    "HSTS_SECONDS",
    "HSTS_SUBDOMAINS",
    "KBPORTAL_TOKEN",
    "LEARN_FROM_CHOICES",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "MEDIA_STORE_URL",
    "METRICS_PORT",
    "MFA",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_GROUPS",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ISSUER",
    "OIDC_LINK_BY_MAIL",
    "OIDC_NAME",
    "OIDC_SCOPES",
    "PORTAL_LANGUAGES",
    "RATE_LIMIT_FACTOR",
    "RESOLUTIONS_BY_OUTCOME",
    "REVIEW_DAYS",
    "ROLES_BY_FIELD",
    "SAML_GROUPS",
    "SAML_GROUPS_ATTRIBUTE",
    "SAML_METADATA",
    "SAML_NAME",
    "SEARCH_LOG_DAYS",
    "SECRET_KEY",
    "SEMANTIC_FUSION",
    "SEMANTIC_MODEL",
    "TRANSLATION_ENDPOINT",
    "TRANSLATION_TOKEN",
    "SHARED_CALLS",
    "SITE_ADDRESS",
    "SIGN_IN_REQUIRED",
    "TIME_ZONE",
    "TRASH_DAYS",
    "TRUSTED_PROXIES",
    "TRUST_FORWARDED_PROTO",
    "WEBHOOK_PRIVATE_HOSTS",
    "WIDGET_ORIGINS",
)
for _name in REMOVED:
    os.environ.pop(_name, None)

_folder = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
os.environ["PORTAL_ENV_FILE"] = ""
os.environ["DATABASE_URL"] = (
    os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{_folder}/db.sqlite3"
)

# Before Django starts, which keeps what it has read: the catalogues of the last run may be older
# than the texts. Workers find them compiled.
if "PYTEST_XDIST_WORKER" not in os.environ:
    for _path in catalogues.find(Path(__file__).resolve().parent.parent):
        catalogues.compile_file(_path)

from kbportal.settings import *  # noqa: E402, F403 (after the environment is in order)

# A file, as in a real run: the test server's threads then have connections of their own.
if not os.environ.get("TEST_DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}  # noqa: F405
    # Nobody waits for a disk to have what is thrown away: half of the time of a committing test.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
INSTALLED_APPS += ["tests.emptying"]  # noqa: F405 (its ``flush`` is found before Django's own)
LETTERS_WAIT = True
RATE_LIMIT_FACTOR = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
