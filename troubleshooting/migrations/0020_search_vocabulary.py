"""What editors keep for the search, what it learns, and who may see and change these."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

create_groups = import_module("troubleshooting.migrations.0007_roles").create_groups


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0019_document_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearnedChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("terms", models.CharField(max_length=200)),
                ("words", models.CharField(max_length=300, verbose_name="known words")),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("opened", models.PositiveIntegerField(default=0, verbose_name="opened")),
                ("solved", models.PositiveIntegerField(default=0, verbose_name="solved")),
                ("weight", models.PositiveIntegerField(default=0)),
                (
                    "day",
                    models.PositiveIntegerField(help_text="A proleptic ordinal, as Python has it."),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="troubleshooting.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of readers",
                "verbose_name_plural": "choices of readers",
                "ordering": ["-weight", "words"],
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "article"), name="one_row_per_choice")
                ],
            },
        ),
        migrations.CreateModel(
            name="VocabularyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("alike", "Means the same, both ways"),
                            ("means", "Callers say this and mean that"),
                            ("pin", "Article shown first"),
                            ("nothing", "Means nothing here"),
                        ],
                        default="alike",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                ("words", models.CharField(max_length=200, verbose_name="words")),
                ("meaning", models.CharField(blank=True, max_length=200, verbose_name="meaning")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="troubleshooting.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the vocabulary",
                "verbose_name_plural": "vocabulary of the search",
                "ordering": ["words", "kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["alike", "means", "pin", "nothing"])),
                        name="vocabulary_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article__isnull", False), ("kind", "pin")),
                            models.Q(
                                models.Q(("kind", "pin"), _negated=True), ("article__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="vocabulary_pins_have_articles",
                    ),
                ],
            },
        ),
        migrations.RunPython(create_groups, migrations.RunPython.noop),
    ]
