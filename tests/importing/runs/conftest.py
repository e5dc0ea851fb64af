"""What the tests of imports as jobs share."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooting.models import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source.objects.create(slug="hall", name="Hall", location=str(tmp_path))
