"""Texts as a page shows them: paths that break, code that keys can scroll."""

import pytest

from troubleshooting.templatetags.portal import readable

CASES = {
    "a path": (r"<b>HKLM\SOFTWARE\Microsoft</b>", r"<b>HKLM\<wbr>SOFTWARE\<wbr>Microsoft</b>"),
    "a share": (r"\\server", "\\<wbr>\\<wbr>server"),
    "at an end": ("C:\\", "C:\\"),
    "before a tag": (r"C:\<b>x</b>", r"C:\<b>x</b>"),
    "before a blank": (r"a \ b", r"a \ b"),
    "in an attribute": (r'<img alt="C:\Temp > x\y">', r'<img alt="C:\Temp > x\y">'),
    "code": ("<pre><code>a</code></pre>", '<pre tabindex="0"><code>a</code></pre>'),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("html", "shown"), CASES.values(), ids=CASES)
def test_readable(html, shown):
    assert readable(html) == shown
