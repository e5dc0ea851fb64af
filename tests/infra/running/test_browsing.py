"""The browser fixture notices what it is there for, and the admin works under the policy."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model

from tests.browsing import watch


@pytest.fixture
def tab(browser, live_server):
    """Return a page whose faults do not fail the test."""
    context = browser.new_context(base_url=live_server.url, service_workers="block")
    yield context.new_page()
    context.close()


INLINE_STYLE = """document.body.insertAdjacentHTML('beforeend', '<p style="color: red">')"""
INLINE_IMAGE = "document.body.append(Object.assign(new Image(), {src: 'data:,'}))"


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (INLINE_STYLE, "inline style"),
        (INLINE_IMAGE, "data:"),
        ("fetch('http://127.0.0.1:9/').catch(() => {})", "127.0.0.1:9"),
        ("console.error('broken')", "console: broken"),
        ("setTimeout(() => { throw new Error('broken') })", "exception: broken"),
    ],
)
def test_fault_of_a_page_is_noticed(tab, live_server, script, fault):
    faults = watch(tab, urlsplit(live_server.url).netloc)
    tab.goto("/fr/admin/login/")
    assert faults == []
    tab.evaluate(f"() => {{ {script} }}")
    tab.wait_for_function("() => true")
    assert any(fault in line for line in faults), faults


def test_page_of_status_404_is_no_fault(tab, live_server):
    faults = watch(tab, urlsplit(live_server.url).netloc)
    assert tab.goto("/fr/no-such-page/").status == 404
    assert faults == []


def test_admin_works_under_the_policy(page):
    account = get_user_model().objects.create_superuser("admin", "", "a password")
    page.goto("/fr/admin/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", "a password")
    page.press("#id_password", "Enter")
    page.wait_for_url("**/fr/admin/")
    for address in ("auth/user/", "auth/user/add/", "password_change/"):
        assert page.goto(f"/fr/admin/{address}").status == 200
    page.goto(f"/en/admin/auth/user/{account.pk}/change/")
    page.click(".datetimeshortcuts a >> nth=0")  # a widget that its script builds
