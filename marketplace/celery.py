"""Celery application, for later: until it has tasks, `manage.py worker` executes the jobs in both profiles."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
