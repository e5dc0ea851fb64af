"""What imports leave out and replacements put is kept with them; a job is called what it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("troubleshooting", "0051_notices_of_ends"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="left_out",
            field=models.JSONField(default=list, help_text="Files that nobody reads."),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="detail",
            field=models.CharField(
                blank=True,
                help_text="What it did, where its name is not all.",
                max_length=300,
                verbose_name="details",
            ),
        ),
        migrations.AlterField(
            model_name="job",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waits"),
                    ("running", "In progress"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                ],
                default="waiting",
                max_length=12,
                verbose_name="state",
            ),
        ),
    ]
