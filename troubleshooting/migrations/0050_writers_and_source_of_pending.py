"""Who wrote a pending revision, and which revision of its source a waiting translation renders."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def name_writers(apps: Any, _schema_editor: Any) -> None:
    """Name who wrote last as the one who wrote: of the others nothing is known."""
    pending = apps.get_model("troubleshooting", "PendingRevision")
    through = pending.writers.through
    known = pending.objects.exclude(author=None).values_list("pk", "author_id")
    through.objects.bulk_create(
        through(pendingrevision_id=row, user_id=author) for row, author in known
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("troubleshooting", "0049_refused_sign_ins"),
    ]

    operations = [
        migrations.AddField(
            model_name="pendingrevision",
            name="source_language",
            field=models.CharField(
                blank=True,
                help_text="Of the text that it translates; empty: of none.",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="pendingrevision",
            name="source_revision",
            field=models.PositiveIntegerField(
                default=0, help_text="The revision of that text which it renders."
            ),
        ),
        migrations.AddField(
            model_name="pendingrevision",
            name="writers",
            field=models.ManyToManyField(
                blank=True,
                help_text="All who saved it.",
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AddField(
            model_name="unfinishedtranslation",
            name="source_revision",
            field=models.PositiveIntegerField(
                default=0,
                help_text="The revision of the source that it was begun from; 0: not known.",
            ),
        ),
        migrations.RunPython(name_writers, migrations.RunPython.noop),
    ]
