"""Everything on one machine: SQLite, a local folder, mail as files, no broker, no key."""

import secrets

from marketplace.settings import env
from marketplace.settings.base import *
from marketplace.settings.base import VAR_DIR
from marketplace.settings.platform import platform


def _kept_secret(name: str) -> str:
    """A key made once and kept under var/, so that sessions survive a restart."""
    path = VAR_DIR / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = env.text("SECRET_KEY", "") or _kept_secret("secret_key")
ORDER_NUMBER_KEY = ORDER_NUMBER_KEY or _kept_secret("order_number_key")
DEMO = env.flag("DEMO", True)
PLATFORM = platform(demo=DEMO)
if DEMO:
    # An invented account: nothing that is paid to it arrives anywhere.
    VIETQR_BANK_BIN = VIETQR_BANK_BIN or "970415"
    VIETQR_ACCOUNT_NUMBER = VIETQR_ACCOUNT_NUMBER or "113366668888"
    VIETQR_ACCOUNT_NAME = VIETQR_ACCOUNT_NAME or "CHO SAN VAT (MAU)"
    BANK_NOTICE_SECRETS = BANK_NOTICE_SECRETS or [_kept_secret("bank_notice_secret")]
    TEST_BANK_URL = env.text("TEST_BANK_URL", "")
    INSTALLED_APPS += ["apps.demo.apps.DemoConfig"]
