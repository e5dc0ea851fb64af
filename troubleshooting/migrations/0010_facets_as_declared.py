"""Combinations hold whatever facets are declared: no more a column for each.

They are made anew after the migration (``search/index/maintenance``), since their triggers are
dropped here.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TRIGGERS = (
    "search_article_changed",
    "search_platform_added",
    "search_platform_removed",
    "search_entry_deleted",
)


def drop_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what writes combinations, or SQLite refuses to drop their table."""
    for name in _TRIGGERS:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        elif editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0009_code_kinds"),
    ]

    operations = [
        migrations.RunPython(drop_triggers, drop_triggers),
        migrations.RemoveField("searchentry", "facets"),
        migrations.DeleteModel("SearchFacets"),
        migrations.CreateModel(
            name="SearchFacets",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("status", models.CharField(max_length=12)),
                ("audience", models.CharField(max_length=12)),
                ("members", models.TextField()),
            ],
            options={
                "verbose_name": "combination of facets",
                "verbose_name_plural": "combinations of facets",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("status", "audience", "members"),
                        name="one_row_per_combination_of_facets",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="searchentry",
            name="facets",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="troubleshooting.searchfacets",
            ),
        ),
    ]
