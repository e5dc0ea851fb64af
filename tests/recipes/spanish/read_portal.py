"""Ask the portal in its own process, as ``manage.py shell`` runs it: pages in, JSON out."""

import json

from django.test import Client

from troubleshooting.models import ArticleTranslation

client = Client(SERVER_NAME="localhost")
text = ArticleTranslation.objects.get(title__startswith="Los dispositivos")
pages = {
    "home": "/es/",
    "search": "/es/search/?q=por+que+no+se+puede+inscribir+mi+dispositivo+en+la+empresa",
    "code": "/es/search/?q=4711",
    "article": f"/es/articles/{text.article.slug}/",
}
answers = {name: client.get(address).content.decode() for name, address in pages.items()}
facts = {"title": text.title, "language": text.language, "counts": text.rendered.counts}
print(json.dumps({"pages": answers, "facts": facts}))
