"""The platforms that every portal starts with; editors add, rename and merge them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PLATFORMS = [
    ("android", "Android", "android"),
    ("ios", "iOS/iPadOS", "ios"),
    ("macos", "macOS", "macos"),
    ("windows", "Windows", "windows"),
    ("configuration-manager", "Configuration Manager", "configmgr"),
]


def add_platforms(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    platform = apps.get_model("troubleshooting", "Platform")
    for position, (slug, name, icon) in enumerate(PLATFORMS, 1):
        platform.objects.get_or_create(
            slug=slug, defaults={"name": name, "icon": icon, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("troubleshooting", "0001_initial")]

    operations = [migrations.RunPython(add_platforms, migrations.RunPython.noop)]
