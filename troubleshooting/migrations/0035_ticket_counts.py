"""Counts of closed tickets, and flags that editors settle."""

from importlib import import_module

import django.core.validators
from django.db import migrations, models

create_groups = import_module("troubleshooting.migrations.0007_roles").create_groups


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0034_readers_of_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="articleuse",
            name="is_settled",
            field=models.BooleanField(default=False, verbose_name="settled"),
        ),
        migrations.CreateModel(
            name="TicketCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(verbose_name="last day")),
                (
                    "system",
                    models.CharField(
                        blank=True,
                        help_text="Empty: all of them together.",
                        max_length=40,
                        verbose_name="ticket system",
                    ),
                ),
                (
                    "closed",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="tickets closed",
                    ),
                ),
                (
                    "with_article",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: not known. "
                        "The rate is then worked out from the links reported.",
                        null=True,
                        verbose_name="of these with an article",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of tickets",
                "verbose_name_plural": "counts of tickets",
                "ordering": ["-first", "system", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))),
                        name="ticket_count_has_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("with_article__isnull", True),
                            ("with_article__lte", models.F("closed")),
                            _connector="OR",
                        ),
                        name="ticket_count_holds_its_part",
                    ),
                    models.UniqueConstraint(
                        fields=("first", "last", "system"), name="one_count_of_days_and_system"
                    ),
                ],
            },
        ),
        migrations.RunPython(create_groups, migrations.RunPython.noop),
    ]
