"""Entry point of the web server: ``gunicorn kbportal.wsgi``."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kbportal.environment import databases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
for entry in settings.DATABASES.values():
    databases.bound_statements(entry)
application = get_wsgi_application()
