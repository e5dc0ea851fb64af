"""A rejection is called one thing everywhere, in notices too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0047_words_of_counts"),
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
                ],
                max_length=12,
            ),
        ),
    ]
