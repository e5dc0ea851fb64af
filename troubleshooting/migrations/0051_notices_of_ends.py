"""People are told that an article comes to its end, and that it did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0050_writers_and_source_of_pending"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "Sent to review"),
                    ("rejected", "Rejected"),
                    ("published", "Went live"),
                    ("missed", "Did not happen by itself"),
                    ("mentioned", "You are mentioned"),
                    ("answered", "Answered"),
                    ("error", "An error was reported"),
                    ("due", "Review due"),
                    ("conflict", "An import waits for a decision"),
                    ("behind", "A translation is behind"),
                    ("ending", "Comes to its end soon"),
                    ("ended", "Came to its end"),
                ],
                max_length=12,
            ),
        ),
    ]
