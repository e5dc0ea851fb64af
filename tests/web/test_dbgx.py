import pytest
from tests.web.test_media import *
def test_x(client, db, monkeypatch):
    client.force_login(person("Author"))
    monkeypatch.setattr("troubleshooting.media.limits.MOST_UPLOADED", 20)
    a = upload(client, picture())
    print(a.status_code, a.content, vars(a.wsgi_request).get('upload_is_too_large'), a.wsgi_request.upload_handlers, [type(h).__module__ for h in a.wsgi_request.upload_handlers])
    assert 0
