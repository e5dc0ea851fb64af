"""Templates of articles, what was begun with them, and who may write them."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

create_groups = import_module("troubleshooting.migrations.0007_roles").create_groups


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0039_vectors_of_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "texts",
                    models.JSONField(
                        default=dict, help_text="Canonical texts by language.", verbose_name="texts"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("problem", "Problem"),
                            ("error", "Error message or code"),
                            ("advice", "General advice"),
                        ],
                        default="problem",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Public"), ("staff", "Staff only")],
                        default="public",
                        max_length=12,
                        verbose_name="audience",
                    ),
                ),
                (
                    "review_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as for every article, counted from its publication.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days until the review",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="version"),
                ),
                (
                    "modified",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="modified"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who will own the articles. Nobody chosen: whoever writes them.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "platforms",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: the article applies to all platforms.",
                        related_name="templates",
                        to="troubleshooting.platform",
                        verbose_name="platforms",
                    ),
                ),
            ],
            options={
                "verbose_name": "template",
                "verbose_name_plural": "templates",
                "ordering": ["kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TemplateUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("names", models.JSONField(help_text="Names of the template by language.")),
                ("prompts", models.JSONField(help_text="Words of its prompts.")),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="template_use",
                        to="troubleshooting.article",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="uses",
                        to="troubleshooting.articletemplate",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a template",
                "verbose_name_plural": "uses of templates",
            },
        ),
        migrations.RunPython(create_groups, migrations.RunPython.noop),
    ]
