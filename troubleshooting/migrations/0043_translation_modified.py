"""An index for lists of what changed last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("troubleshooting", "0042_responsibility")]

    operations = [
        migrations.AddIndex(
            model_name="articletranslation",
            index=models.Index(fields=["modified"], name="translation_modified"),
        ),
    ]
