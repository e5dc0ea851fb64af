"""Parts know what they were split from or joined into, documents their revision."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def drop_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what names the table, or SQLite refuses to write it anew without the column.

    ``migrate`` ends by making all triggers again.
    """
    if editor.connection.vendor != "sqlite":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%sourceentry%'"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0053_ancestor_of_pending"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcedocument",
            name="revision",
            field=models.CharField(blank=True, max_length=64, verbose_name="revision"),
        ),
        migrations.AddField(
            model_name="sourceentry",
            name="kin",
            field=models.ForeignKey(
                blank=True,
                help_text="Of a part that is gone: what has its words now; else: what had them.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="troubleshooting.article",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
