"""How often a job's worker died, and which request wrote it; defaults in the database, so that the old code can go on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_audit_is_append_only")]

    operations = [
        migrations.AddField("job", "losses", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField(
            "job", "request_id", models.CharField(blank=True, db_default="", default="", max_length=64)
        ),
    ]
