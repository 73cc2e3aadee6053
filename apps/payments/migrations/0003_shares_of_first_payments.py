"""Cash payments from before there were shares get theirs, and are settled anew: what was collected is booked then."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 1000
GONE = ("cancelled", "returned")


def make_shares(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """A share per vendor order; whatever is not cancelled is open again until its job has run."""
    payments = apps.get_model("payments", "Payment").objects.exclude(state="cancelled").filter(shares=None)
    share, part = apps.get_model("payments", "Share"), apps.get_model("ordering", "VendorOrder")
    job = apps.get_model("jobs", "Job")
    rows = []
    for payment_id, order_id in payments.values_list("pk", "order_id").iterator(chunk_size=BATCH):
        parts = part.objects.filter(order_id=order_id).exclude(state__in=GONE)
        rows += [
            share(payment_id=payment_id, vendor_order_id=pk, authorised=cash)
            for pk, cash in parts.values_list("pk", "cash_amount")
        ]
        job.objects.create(kind="payment.settle", args={"order_id": order_id})
    payments.update(state="open")
    share.objects.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (
        ("payments", "0002_shares_and_refunds"),
        ("ordering", "0001_initial"),
        ("jobs", "0003_losses_and_request"),
    )
    operations = (migrations.RunPython(make_shares, migrations.RunPython.noop),)
