"""Sign-ins that are refused are noted, where nobody knows who tried."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0048_word_of_rejection"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("sign_in", "Signed in"),
                    ("sign_out", "Signed out"),
                    ("refused", "Sign-in refused"),
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
        migrations.AlterField(
            model_name="auditentry",
            name="who",
            field=models.CharField(
                help_text="What the account was called then; empty where nobody knows who it was.",
                max_length=200,
                verbose_name="who",
            ),
        ),
    ]
