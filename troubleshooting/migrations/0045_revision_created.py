"""An index for the list of revisions, the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("troubleshooting", "0044_combination_mark")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["created"], name="revision_created"),
        ),
    ]
