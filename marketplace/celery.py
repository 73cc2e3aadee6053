"""The Celery application of the production profile: `celery -A marketplace worker`."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
app = Celery("marketplace")
# For all threads: the tasks are shared ones, which look for the app when they are called.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect  # type: ignore[untyped-decorator]  # Celery has no types
def keep_django_logging(**kwargs: object) -> None:
    """Celery sets up no logging of its own when somebody listens here; Django has done it."""
