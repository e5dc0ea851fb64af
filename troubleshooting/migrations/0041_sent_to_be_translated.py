"""An act of the audit: texts of an article were sent to the translation service."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0040_templates"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("sign_in", "Signed in"),
                    ("sign_out", "Signed out"),
                    ("added", "Added"),
                    ("changed", "Changed"),
                    ("status", "Changed the status"),
                    ("deleted", "Deleted"),
                    ("restored", "Restored"),
                    ("many", "Changed many articles"),
                    ("exported", "Exported"),
                    ("sent", "Sent to the translation service"),
                ],
                db_index=True,
                max_length=12,
                verbose_name="action",
            ),
        ),
    ]
