"""A small portal for tests: a document in two languages and articles of every sort."""

from dataclasses import dataclass
from datetime import date

from troubleshooting.editing import save_translation
from troubleshooting.models import Article, Platform, Revision, SourceDocument, SourceEntry

LANGUAGES = ("fr", "en")
CODE = "0x80CF0440"
DRAFT_CODE = "0x80070005"
FRENCH_ONLY = "echec-du-profil"
BILINGUAL = "plafond-atteint"
DRAFT = "brouillon"
STAFF = "interne"
DOCUMENT = "inscription"

RESOLUTION = {
    "fr": """### Résolution 1

1.  Ouvrez **Paramètres** > **Comptes**.

    > [!WARNING]
    > La suppression est définitive.

2.  Supprimez le compte.

    1.  Appuyez sur **Supprimer**.
    2.  Confirmez.

    ![Écran des comptes](media/comptes.png)

### Résolution 2

Consultez [la documentation](https://example.org/aide), puis lancez `dsregcmd /status`.

| Valeur | Sens |
| --- | --- |
| `1` | Inscrit |
""",
    "en": """### Resolution 1

1.  Open **Settings** > **Accounts**.

    > [!WARNING]
    > The removal is final.

2.  Remove the account.

    1.  Tap **Remove**.
    2.  Confirm.

    ![Screen of the accounts](media/accounts.png)

### Resolution 2

See [the documentation](https://example.org/help), then run `dsregcmd /status`.

| Value | Meaning |
| --- | --- |
| `1` | Enrolled |
""",
}


@dataclass(frozen=True)
class Portal:
    """What a test may refer to."""

    document: SourceDocument
    articles: dict[str, Article]


def make_portal(extra: int = 0) -> Portal:
    """Fill the database; ``extra`` more articles in both languages make lists long."""
    android, ios = _platform("android", "Android", 1), _platform("ios", "iOS/iPadOS", 2)
    _platform("macos", "macOS", 3)
    articles = {
        BILINGUAL: _article(BILINGUAL, android, kind="error"),
        FRENCH_ONLY: _article(FRENCH_ONLY, ios),
        DRAFT: _article(DRAFT, ios, status="draft"),
        STAFF: _article(STAFF, android, audience="staff"),
        "conseils": _article("conseils", kind="advice"),
    }
    for language, title in (("fr", "Plafond atteint"), ("en", "Limit reached")):
        write(
            articles[BILINGUAL],
            language,
            title,
            problem=f"**{title}**, 0x80cf0440.",
            cause="A & B < C.",
            resolution=RESOLUTION[language],
        )
    write(articles[FRENCH_ONLY], "fr", "Échec de l’installation du profil", problem="Rien.")
    write(articles[DRAFT], "fr", "Brouillon secret", problem=f"Erreur {DRAFT_CODE}.")
    write(articles[STAFF], "fr", "Article interne", problem=f"Erreur {DRAFT_CODE}.")
    write(articles["conseils"], "fr", "Premières vérifications", resolution="1.  Redémarrez.")
    write(articles["conseils"], "en", "First checks", resolution="1.  Restart.")
    for number in range(extra):
        more = _article(f"autre-{number:03}", android)
        write(more, "fr", f"Autre {number}", problem=f"Erreur 0x8007{number:04X} du tampon.")
        write(more, "en", f"Other {number}", problem=f"Error 0x8007{number:04X} of the stamp.")
        articles[more.slug] = more
    return Portal(_documents(list(articles.values())), articles)


def write(article: Article, language: str, title: str, **sections: str) -> None:
    """Store a text as an import does: one in a second language is taken for a translation."""
    texts = article.translations
    is_new = not texts.filter(language=language).exists()
    save_translation(
        article=article,
        language=language,
        texts={"title": title, **sections},
        author=None,
        origin=Revision.Origin.IMPORT,
        translated_from=texts.filter(source_language="").first() if is_new else None,
    )


def _platform(slug: str, name: str, position: int) -> Platform:
    values = {"name": name, "icon": slug, "position": position}
    return Platform.objects.update_or_create(slug=slug, defaults=values)[0]


def _article(slug: str, *platforms: Platform, **values: str) -> Article:
    article = Article.objects.create(slug=slug, **{"status": "published", **values})
    article.platforms.set(platforms)
    return article


def _documents(articles: list[Article]) -> SourceDocument:
    titles = {"fr": "Dépanner l’inscription", "en": "Fix enrollment"}
    for language, title in titles.items():
        document = SourceDocument.objects.create(
            key=DOCUMENT,
            language=language,
            path=f"inscription.{language}.md",
            sha256="0" * 64,
            raw=b"# ?",
            title=title,
            preamble_html=f"<p>{title}.</p>",
            outline=[
                {"level": 1, "anchor": "top", "title": title, "intro_html": "", "articles": []},
                {
                    "level": 2,
                    "anchor": "general",
                    "title": title,
                    "intro_html": "<p>Intro.</p>",
                    "articles": [article.slug for article in articles],
                },
                {"level": 2, "anchor": "empty", "title": "Vide", "intro_html": "", "articles": []},
            ],
            source_url="https://example.org/original",
            licence="CC BY 4.0",
            licence_url="https://creativecommons.org/licenses/by/4.0/",
            attribution="Example",
            date=date(2018, 11, 9),
        )
        SourceEntry.objects.bulk_create(
            SourceEntry(
                document=document,
                article=article,
                anchor=f"a-{position}",
                position=position,
                first_line=position + 1,
                last_line=position + 1,
            )
            for position, article in enumerate(articles)
        )
    return document
