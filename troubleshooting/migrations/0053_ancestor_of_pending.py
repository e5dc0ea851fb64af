"""What waits of an import knows what its document said before, to be compared block by block."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0052_what_acts_did"),
    ]

    operations = [
        migrations.AddField(
            model_name="pendingrevision",
            name="ancestor",
            field=models.JSONField(
                default=dict,
                help_text="What its document said before both sides changed it; empty: not known.",
            ),
        ),
    ]
