"""The groups of synonyms that a shop starts with: once, as admins own them from then on."""

from django.db import migrations

from search.synonyms import shipped


def load(apps, schema_editor):
    group = apps.get_model("search", "SynonymGroup")
    group.objects.bulk_create(group(phrases=text, with_accents=with_accents) for text, with_accents in shipped())


class Migration(migrations.Migration):
    dependencies = (("search", "0001_initial"),)
    operations = (migrations.RunPython(load, migrations.RunPython.noop, elidable=False),)
