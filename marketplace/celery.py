"""Celery application of the production profile; the Job table stays its only source of truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
