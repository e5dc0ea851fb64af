"""Codes know whether their article is about them."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def drop_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what names the table, or SQLite refuses to write it anew.

    ``migrate`` ends by making all triggers again.
    """
    if editor.connection.vendor != "sqlite":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%searchcode%'"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        editor.execute(f'DROP TRIGGER "{name}"')


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0010_facets_as_declared"),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.AddField(
            model_name="searchcode",
            name="defines",
            field=models.BooleanField(
                default=False, help_text="Whether the article is about the code, not only cites it."
            ),
        ),
    ]
