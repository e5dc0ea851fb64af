"""Parts know what they were split from or joined into, documents their revision."""

import django.db.models.deletion
from django.db import migrations, models


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
    ]
