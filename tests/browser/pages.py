"""One address of every sort of page that readers see, without the language before it."""

from tests.web.content import BILINGUAL, CODE, DOCUMENT, FRENCH_ONLY

PATHS = [
    "",
    "articles/",
    "articles/?platform=ios",
    "search/",
    "search/?q=plafond+atteint",
    "search/?q=-2133916608",
    "search/?q=0x80CF0041",
    "search/?q=erreur&page=2",
    "gaps/",
    "gaps/thanks/",
    "codes/0x80CF0041/",
    f"articles/{BILINGUAL}/",
    f"articles/{FRENCH_ONLY}/",
    f"articles/{BILINGUAL}/feedback/",
    f"articles/{BILINGUAL}/error/",
    f"articles/{BILINGUAL}/thanks/",
    "offline/",
    "logs/",
    "tickets/",
    "sign-in/",
    "documents/",
    f"documents/{DOCUMENT}/",
    "codes/",
    "messages/",
    f"codes/{CODE}/",
    "platforms/android/",
    "no-such-page/",
]
