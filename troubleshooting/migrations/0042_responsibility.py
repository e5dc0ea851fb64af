"""Fields of responsibility, and who may give them."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

create_groups = import_module("troubleshooting.migrations.0007_roles").create_groups


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("troubleshooting", "0041_sent_to_be_translated"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("author", "Author"), ("reviewer", "Reviewer")],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("everything", "All articles"),
                            ("general", "Articles for all platforms"),
                            ("platform", "Articles about a platform"),
                            ("source", "Articles imported from a source"),
                        ],
                        max_length=12,
                        verbose_name="field",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to="auth.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to="troubleshooting.platform",
                        verbose_name="platform",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to="troubleshooting.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
                "ordering": ["scope", "platform", "source", "role", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", False), ("user", None)),
                            models.Q(("group", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="responsibility_of_one_account_or_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("platform", None),
                                ("scope__in", ["everything", "general"]),
                                ("source", None),
                            ),
                            models.Q(
                                ("platform__isnull", False), ("scope", "platform"), ("source", None)
                            ),
                            models.Q(
                                ("platform", None), ("scope", "source"), ("source__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="responsibility_for_what_its_scope_says",
                    ),
                ],
            },
        ),
        migrations.RunPython(create_groups, migrations.RunPython.noop),
    ]
