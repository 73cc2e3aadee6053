"""The carrier that stands for a vendor's own delivery is marked as such."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def mark(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """By the code under which it was loaded."""
    apps.get_model("delivery", "Carrier").objects.filter(code="tu-giao").update(is_vendor=True)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("delivery", "0002_vendors_that_deliver"),)
    operations = (migrations.RunPython(mark, migrations.RunPython.noop),)
