"""The groups of those who write (``access.ROLES``), and which text was made from which."""

from types import ModuleType
from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from ..access import ROLES


def create_groups(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the groups, or give those that are there what they lack.

    Of what is a role's today, not when this was written: each later migration that brings a
    permission calls it, and gives as much of it as its models are there for.
    """
    using = schema_editor.connection.alias
    for label in ("auth", "troubleshooting"):
        _create_permissions(apps, label, using)
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        found, _created = group.objects.using(using).get_or_create(name=name)
        found.permissions.add(
            *permission.objects.using(using).filter(
                codename__in=codenames, content_type__app_label__in=("troubleshooting", "auth")
            )
        )


def _create_permissions(apps: StateApps, label: str, using: str) -> None:
    # Django makes them after all migrations only; it skips applications without a models module.
    config = apps.get_app_config(label)
    config.models_module = ModuleType(label)
    create_permissions(config, apps=apps, verbosity=0, using=using)
    config.models_module = None


def note_sources(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of an article's texts the first is the original; the others are taken as up to date."""
    model = apps.get_model("troubleshooting", "ArticleTranslation")
    texts = model.objects.using(schema_editor.connection.alias)
    originals: dict[int, Any] = {}
    behind = []
    fields = ("pk", "article_id", "language", "revision_number")
    for text in texts.only(*fields, "source_language", "source_revision").order_by("pk"):
        original = originals.setdefault(text.article_id, text)
        if original is not text:
            text.source_language = original.language
            text.source_revision = original.revision_number
            behind.append(text)
    texts.bulk_update(behind, ["source_language", "source_revision"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("troubleshooting", "0006_writing"),
    ]

    operations = [
        migrations.RunPython(create_groups, migrations.RunPython.noop),
        migrations.RunPython(note_sources, migrations.RunPython.noop),
    ]
