"""Incidents of the day, and who may write them."""

from importlib import import_module

import django.utils.timezone
from django.db import migrations, models

create_groups = import_module("troubleshooting.migrations.0007_roles").create_groups


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0027_article_uses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="text")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Empty: shown in every language.",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "starts",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="begins"),
                ),
                ("ends", models.DateTimeField(db_index=True, verbose_name="ends")),
                (
                    "articles",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="troubleshooting.article",
                        verbose_name="articles",
                    ),
                ),
                (
                    "codes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="troubleshooting.errorcode",
                        verbose_name="codes",
                    ),
                ),
                (
                    "platforms",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="troubleshooting.platform",
                        verbose_name="platforms",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-starts", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="incident_ends_after_it_begins",
                        violation_error_message="It ends after it begins.",
                    )
                ],
            },
        ),
        migrations.RunPython(create_groups, migrations.RunPython.noop),
    ]
