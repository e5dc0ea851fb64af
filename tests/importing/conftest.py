from __future__ import annotations

from pathlib import Path

import pytest

TABLE = """\
---
title: Erreurs
---
# Erreurs d’inscription

Introduction au document.

## <a name="codes"></a>Codes sous Windows

| Code d’erreur | Problème | Solution |
| --- | --- | --- |
| 0x80CF0437 | L’horloge est fausse. | Réglez l’heure. |
| 0x80070032 | Un prérequis manque. | Installez les mises à jour. |

## <a name="stuck"></a>Un appareil Android reste bloqué
**Problème :** L’erreur **Profil introuvable** s’affiche.

**Résolution :**

1. Redémarrez l’appareil.
2. Voyez [les codes](#codes) ou [le reste](other-page.md).

## <a name="next-steps"></a>Étapes suivantes
Appelez le support.
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A small French document with a table of two codes and one problem."""
    path = tmp_path / "errors.fr.md"
    path.write_text(TABLE, "utf-8")
    return path
