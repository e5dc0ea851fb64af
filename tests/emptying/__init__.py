"""An app of the tests alone: its ``flush`` stands in for Django's, which empties the database.

Django runs ``flush`` after each test whose writes are committed: it deletes from every table and
makes all permissions anew. An app may override a command of Django's own by its name
(https://docs.djangoproject.com/en/stable/howto/custom-management-commands/#overriding-commands).
``tests/infra/running/test_emptying.py`` holds the two against each other. To debug, take this app
out of ``tests/settings.py``: every test comes to the same, later.
"""
