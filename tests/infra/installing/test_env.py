"""Settings from the environment: what is read, and what is refused with which words."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import deployment, env, localisation
from kbportal.environment.services import translation

NAME = "PORTAL_TEST_VARIABLE"


@pytest.fixture
def given(monkeypatch):
    """Return a function that sets the variable."""
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("TRUE", True), (" yes ", True), ("off", False), ("0", False), ("", None)],
)
def test_flag(given, value, expected):
    given(value)
    assert env.flag(NAME, default=None) is expected


@pytest.mark.parametrize("value", ["flase", "2", "oui"])
def test_flag_refuses_other_words(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=rf"{NAME} is '{value}'.*neither yes nor no"):
        env.flag(NAME)


def test_number(given):
    given("12")
    assert env.number(NAME, 3) == 12
    given("")
    assert env.number(NAME, 3) == 3


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "²", "4"])
def test_number_refuses(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is .*at least 5"):
        env.number(NAME, 7, minimum=5)


def test_words(given):
    given(" a, ,b ,")
    assert env.words(NAME) == ["a", "b"]
    given(" , ")
    assert env.words(NAME, ("x",)) == ["x"]


def test_choice_ignores_case(given):
    given("info")
    assert env.choice(NAME, ("DEBUG", "INFO"), "DEBUG") == "INFO"


def test_folder_expands_home(given):
    given("~/portal")
    assert env.folder(NAME, Path("/elsewhere")) == Path.home() / "portal"


@pytest.mark.parametrize(
    ("hosts", "local"),
    [
        (["localhost", "127.0.0.1", "[::1]"], True),
        (["portal.localhost"], True),
        (["localhost", "portal.example.org"], False),
        (["192.168.1.5"], False),
        (["notlocalhost"], False),
    ],
)
def test_any_other_host_is_a_deployment(hosts, local):
    assert deployment.is_local(hosts) is local


@pytest.mark.parametrize(
    ("variable", "value", "read", "reason"),
    [
        ("ALLOWED_HOSTS", "*", deployment.allowed_hosts, "allows any host"),
        ("ALLOWED_HOSTS", "a.example,.", deployment.allowed_hosts, "allows any host"),
        ("ALLOWED_HOSTS", "https://a.example", deployment.allowed_hosts, "no host name"),
        ("ALLOWED_HOSTS", "a.example:8000", deployment.allowed_hosts, "no host name"),
        ("CSRF_TRUSTED_ORIGINS", "a.example", deployment.trusted_origins, "not a safe origin"),
        ("CSRF_TRUSTED_ORIGINS", "https://*", deployment.trusted_origins, "not a safe origin"),
        ("CSRF_TRUSTED_ORIGINS", "http://a.example", deployment.trusted_origins, "not a safe"),
        ("DEBUG", "true", deployment.debug, "readers would see"),
    ],
)
def test_insecure_values_are_refused_in_a_deployment(monkeypatch, variable, value, read, reason):
    monkeypatch.setenv(variable, value)
    arguments = () if read is deployment.allowed_hosts else (False,)
    with pytest.raises(ImproperlyConfigured, match=f"{variable} .*{reason}"):
        read(*arguments)


def test_local_run_may_use_http_and_debug(monkeypatch):
    monkeypatch.setenv("DEBUG", "true")
    monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", "http://localhost:9000")
    assert deployment.debug(local=True)
    assert deployment.trusted_origins(local=True) == ["http://localhost:9000"]


def test_languages_by_configuration(monkeypatch):
    monkeypatch.setenv("PORTAL_LANGUAGES", "en,fr,de,en")
    offered = localisation.languages()
    assert offered == [("en", "English"), ("fr", "français"), ("de", "Deutsch")]
    assert localisation.default_language(offered) == "en"


@pytest.mark.parametrize(
    ("variable", "value", "read"),
    [
        ("PORTAL_LANGUAGES", "fr,klingon", localisation.languages),
        ("TIME_ZONE", "Mars/Olympus", localisation.time_zone),
        ("TIME_ZONE", "../etc/passwd", localisation.time_zone),
    ],
)
def test_unknown_places_are_refused(monkeypatch, variable, value, read):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ImproperlyConfigured, match=variable):
        read()


#: A value of TRANSLATION_ENDPOINT, whether the run is a deployment, and the words of a refusal.
ENDPOINTS = [
    ("", True, ""),
    ("https://translate.example.org/translate", True, ""),
    ("https://translate.example.org:8443/translate?x=1", True, ""),
    ("http://127.0.0.1:5000/translate", True, ""),
    ("http://10.1.2.3/translate", True, ""),
    ("http://[::1]:5000/translate", True, ""),
    ("http://libretranslate:5000/translate", True, ""),
    ("http://translate.internal/translate", True, ""),
    ("http://translate.example.org/translate", False, ""),
    ("http://translate.example.org/translate", True, "in the clear"),
    ("http://8.8.8.8/translate", True, "in the clear"),
    ("translate.example.org", True, "no address of http"),
    ("ftp://translate.example.org/", True, "no address of http"),
    ("https:///translate", True, "no address of http"),
    ("https://a b/translate", True, "no address of http"),
    ("https://example.org:99999/", True, "no address of http"),
    ("https://traduit.example.org/é", True, "no address of http"),
    ("https://user:secret@example.org/translate", True, "holds a user"),
    ("ftp://user:secret@example.org/translate", True, "holds a user"),
    ("https://example.org/translate#x", True, "holds a user, a password or a #"),
]


@pytest.mark.parametrize(("value", "is_deployed", "words"), ENDPOINTS)
def test_texts_are_sent_to_a_service_that_can_be_trusted(monkeypatch, value, is_deployed, words):
    monkeypatch.setenv("TRANSLATION_ENDPOINT", value)
    if not words:
        assert translation.endpoint(not is_deployed) == value
        return
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        translation.endpoint(not is_deployed)
    assert "secret" not in str(refused.value)
