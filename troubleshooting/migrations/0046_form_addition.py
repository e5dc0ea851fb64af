"""What a form added, so that it adds one row however often it is sent."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0045_revision_created"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormAddition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("model", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=40)),
                ("content", models.CharField(max_length=64)),
                (
                    "created",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "what a form added",
                "verbose_name_plural": "what forms added",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "number"), name="one_addition_per_form")
                ],
            },
        ),
    ]
