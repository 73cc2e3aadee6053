"""For tests: fast hashing, mail in memory, files in a throw-away folder."""

import tempfile

from marketplace.settings.base import *
from marketplace.settings.platform import platform

# Gone with the process.
_scratch = tempfile.TemporaryDirectory(prefix="marketplace-test-")
SECRET_KEY = "test-key-that-protects-nothing"
ORDER_NUMBER_KEY = "test-key-that-protects-nothing"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = f"{_scratch.name}/media"
PRIVATE_ROOT = f"{_scratch.name}/private"
SEARCH_ROOT = f"{_scratch.name}/search"
# A server that runs for the tests of services is asked by these only.
SEARCH_ENGINE = "tantivy"
STORAGES = {
    "default": {"BACKEND": "marketplace.files.WholeFileStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "private": {
        "BACKEND": "marketplace.files.WholeFileStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# No thread writes behind a test's back.
SEARCH_TALLY_SECONDS = 0
# What a test has just changed is on the next page.
PAGE_SECONDS = 0.0
VIETQR_BANK_BIN, VIETQR_ACCOUNT_NUMBER, VIETQR_ACCOUNT_NAME = "970415", "113366668888", "CHO SAN VAT"
BANK_NOTICE_SECRETS = ["test-secret-that-protects-nothing", "the-secret-that-comes-after-it"]
COMMISSION_KEPT_ON_REFUND = False
DEMO = True
PLATFORM = platform(demo=DEMO)
INSTALLED_APPS += ["apps.demo.apps.DemoConfig"]
