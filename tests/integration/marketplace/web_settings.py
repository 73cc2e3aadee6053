"""The production profile on SQLite, with pages that are slow or break."""

from marketplace.settings.production import *

ROOT_URLCONF = "tests.integration.marketplace.web_urls"
