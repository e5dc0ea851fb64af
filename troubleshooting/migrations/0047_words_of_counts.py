"""What is counted has a plural: lists have names of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0046_form_addition"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="auditentry",
            options={
                "ordering": ["-time", "-pk"],
                "verbose_name": "act",
                "verbose_name_plural": "acts",
            },
        ),
        migrations.AlterModelOptions(
            name="glossaryterm",
            options={
                "ordering": ["term", "language", "target_language"],
                "verbose_name": "glossary term",
                "verbose_name_plural": "glossary terms",
            },
        ),
        migrations.AlterModelOptions(
            name="vocabularyentry",
            options={
                "ordering": ["words", "kind", "pk"],
                "verbose_name": "entry of the vocabulary",
                "verbose_name_plural": "entries of the vocabulary",
            },
        ),
    ]
