"""A mark of each combination of facets, by which one is told from another that had its key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("troubleshooting", "0043_translation_modified")]

    operations = [
        migrations.SeparateDatabaseAndState(
            # Django makes the table of SQLite anew, and triggers that name it stand in the way.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE troubleshooting_searchfacets"
                    " ADD COLUMN mark bigint DEFAULT 0 NOT NULL",
                    "ALTER TABLE troubleshooting_searchfacets DROP COLUMN mark",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="searchfacets",
                    name="mark",
                    field=models.BigIntegerField(db_default=0, default=0, editable=False),
                )
            ],
        )
    ]
