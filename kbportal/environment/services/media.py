"""From MEDIA_STORE_URL to where the files of images are kept."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import env
from kbportal.environment.deployment import LOOPBACK_HOSTS

FOLDER = "django.core.files.storage.FileSystemStorage"
BUCKET = "troubleshooting.media.buckets.BucketStorage"
REMEDY = "Write s3://key:secret@bucket/folder?region=eu-west-3&endpoint=https://s3.example.org."
#: Parameters of the address -> those of the store.
_PARAMETERS = {"endpoint": "endpoint_url", "region": "region_name"}


def media_store() -> dict[str, Any]:
    """Return the entry of Django's ``STORAGES`` for images; a folder without MEDIA_STORE_URL.

    Without key and secret those are taken that the machine has for such stores
    (``AWS_ACCESS_KEY_ID``, a role). Raise ``ImproperlyConfigured``: the address is malformed, of
    another kind, or would send the secret in the clear to another machine; or packages are missing.
    """
    url = env.text("MEDIA_STORE_URL")
    if not url:
        return {"BACKEND": FOLDER}
    parts = _parsed(url)
    options: dict[str, Any] = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "querystring_auth": False,
        "default_acl": None,
        "file_overwrite": True,  # a name is the hash of the bytes
    }
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in _PARAMETERS or not value:
            raise _refused(f"has the parameter {name!r}, which none is")
        options[_PARAMETERS[name]] = value
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise _refused("names a key or a secret, but not both")
    if user:
        options |= {"access_key": user, "secret_key": password}
    _check_endpoint(options.get("endpoint_url", ""))
    if find_spec("storages") is None or find_spec("boto3") is None:
        remedy = "Run: pip install --require-hashes -r requirements-s3.txt"
        raise env.refuse("MEDIA_STORE_URL", "needs packages that are not installed", remedy)
    return {"BACKEND": BUCKET, "OPTIONS": options}


def _parsed(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused("is no address") from None
    if parts.scheme != "s3" or not parts.hostname or port or parts.fragment:
        raise _refused("is no address of a bucket")
    return parts


def _check_endpoint(endpoint: str) -> None:
    if not endpoint:
        return
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _refused("names an endpoint that is no address")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK_HOSTS:
        raise _refused("would send images and signatures in the clear")


def _refused(why: str) -> ImproperlyConfigured:
    # Not the address itself: it may hold a secret.
    return env.refuse("MEDIA_STORE_URL", why, REMEDY)
