"""A log to paste, and how a browser pastes it."""

from tests.web.content import CODE

HEARTBEATS = "\n".join(f"2024-03-01 10:00:{number:02} [INFO] heartbeat" for number in range(40))
LOG = f"{HEARTBEATS}\n2024-03-01 10:01 [ERROR] enroll failed hr={CODE.lower()} <b>x</b>\nend"


def box(page):
    return page.locator("form.search-box [name=q]")


def paste(page, text: str) -> None:
    """Paste into the box as the clipboard does."""
    box(page).focus()
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste",
                {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )
