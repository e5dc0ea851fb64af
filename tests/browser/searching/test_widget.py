"""The page in the frame of the widget: marks, no breach of the policy, no fault that axe finds."""

from __future__ import annotations

import pytest

from tests.browser.wcag import axe, violations
from tests.web.content import CODE

__all__ = ["axe"]


@pytest.mark.usefixtures("portal")
def test_a_ticket_is_marked_before_it_is_sent(page, live_server, settings, axe):
    settings.WIDGET_ORIGINS = ["https://desk.example.org"]
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto(f"{live_server.url}/en/widget/")
    page.click("summary")
    page.fill("#ticket", f"Mary (mary.miller@example.org) sees {CODE}")
    assert page.locator("[data-marked] mark").all_inner_texts() == ["mary.miller@example.org"]
    page.click("text=Find articles")
    page.locator(".hit").first.wait_for()
    assert not any("mary.miller" in one for one in sent)
    assert any(CODE in one for one in sent)
    assert violations(page, axe) == []
