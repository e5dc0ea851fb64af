"""Snippets, which texts hold them, and who may write them."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

create_groups = import_module("troubleshooting.migrations.0007_roles").create_groups


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0037_external_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="renderedtranslation",
            name="expanded",
            field=models.JSONField(
                default=dict,
                help_text="Markdown of the sections that hold snippets, with these in it.",
            ),
        ),
        migrations.CreateModel(
            name="Snippet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Small letters, digits and hyphens: articles name it so.",
                        max_length=60,
                        unique=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "texts",
                    models.JSONField(
                        default=dict,
                        help_text="Canonical Markdown by language.",
                        verbose_name="texts",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="version"),
                ),
                (
                    "proposed",
                    models.JSONField(
                        editable=False,
                        help_text="Texts that somebody else has to approve first.",
                        null=True,
                    ),
                ),
                (
                    "modified",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="modified"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "snippet",
                "verbose_name_plural": "snippets",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="SnippetRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("texts", models.JSONField(verbose_name="texts")),
                (
                    "created",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="created"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "snippet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="troubleshooting.snippet",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision of a snippet",
                "verbose_name_plural": "revisions of snippets",
                "ordering": ["snippet", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snippet", "number"), name="one_snippet_revision_per_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SnippetUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(db_index=True, max_length=60)),
                ("version", models.PositiveIntegerField()),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snippets",
                        to="troubleshooting.articletranslation",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a snippet",
                "verbose_name_plural": "uses of snippets",
                "ordering": ["translation", "key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("translation", "key"), name="one_use_per_snippet_and_text"
                    )
                ],
            },
        ),
        migrations.RunPython(create_groups, migrations.RunPython.noop),
    ]
