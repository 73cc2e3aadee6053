"""What all profiles share."""

from datetime import timedelta

import django_stubs_ext
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *

from marketplace.monitoring.logs import logging_config
from marketplace.settings import env
from marketplace.settings.env import ROOT
from marketplace.settings.platform import platform

django_stubs_ext.monkeypatch()

BASE_DIR = ROOT
VAR_DIR = ROOT / "var"
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
SITE_URL = env.site("SITE_URL", "http://127.0.0.1:8000")
ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
ASGI_APPLICATION = "marketplace.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
SITE_ID = 1

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_vite",
    "django_htmx",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "axes",
    "treebeard",
    # Oscar's apps, all forked; see docs/adr/0001-oscar-as-engine.md.
    "apps.shop.address.apps.AddressConfig",
    "apps.shop.basket.apps.BasketConfig",
    "apps.shop.catalogue.apps.CatalogueConfig",
    "apps.shop.catalogue.reviews.apps.CatalogueReviewsConfig",
    "apps.shop.checkout.apps.CheckoutConfig",
    "apps.shop.communication.apps.CommunicationConfig",
    "apps.shop.offer.apps.OfferConfig",
    "apps.shop.order.apps.OrderConfig",
    "apps.shop.partner.apps.PartnerConfig",
    "apps.shop.shipping.apps.ShippingConfig",
    "apps.shop.voucher.apps.VoucherConfig",
    # Ours, low to high.
    "apps.backup.apps.BackupConfig",
    "apps.jobs.apps.JobsConfig",
    "apps.places.apps.PlacesConfig",
    "apps.accounts.apps.AccountsConfig",
    "apps.vendors.apps.VendorsConfig",
    "apps.provenance.apps.ProvenanceConfig",
    "apps.fees.apps.FeesConfig",
    "apps.listings.apps.ListingsConfig",
    "apps.ledger.apps.LedgerConfig",
    "apps.delivery.apps.DeliveryConfig",
    "apps.ordering.apps.OrderingConfig",
    "apps.payments.apps.PaymentsConfig",
    "apps.payouts.apps.PayoutsConfig",
    "apps.purchase.apps.PurchaseConfig",
    "apps.notifications.apps.NotificationsConfig",
    "search.apps.SearchConfig",
    "apps.storefront.apps.StorefrontConfig",
    "apps.vendor_portal.apps.VendorPortalConfig",
    "apps.backoffice.apps.BackofficeConfig",
]

MIDDLEWARE = [
    "marketplace.monitoring.middleware.Observe",
    "django.middleware.security.SecurityMiddleware",
    "marketplace.middleware.SafetyHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.middleware.CompressText",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "apps.accounts.sessions.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.middleware.WordsForRefusals",
    "marketplace.middleware.LimitBody",
    "marketplace.middleware.RefuseNul",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.storefront.context.shop",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'shop.sqlite3'}")}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("storefront:account")
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "apps.storefront.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "apps.storefront.forms.sign_in.LoginForm",
    "signup": "apps.storefront.forms.sign_in.SignUpForm",
    "reset_password": "apps.storefront.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "apps.storefront.forms.sign_in.ResetPasswordKeyForm",
    "change_password": "apps.storefront.forms.sign_in.ChangePasswordForm",
    "set_password": "apps.storefront.forms.sign_in.SetPasswordForm",
    "add_email": "apps.storefront.forms.sign_in.AddEmailForm",
    "reauthenticate": "apps.storefront.forms.sign_in.ReauthenticateForm",
}
# One address per person: a new one takes the old one's place once it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
# Before the address, the sign-ins or rights change the password is asked for once more; then not for so many seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# How many proxies of ours stand in front: the client's address is that many places from the end of X-Forwarded-For.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# Wrong passwords are counted by account and address together, in the database: also while Redis is away, and so that
# nobody shuts another person out from elsewhere. allauth limits the rest of its pages, apps.accounts.limits ours.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "signup": None, "reset_password": "5/m/key"}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "apps.accounts.limits.account_named"
AXES_CLIENT_IP_CALLABLE = "apps.accounts.limits.client_address"
AXES_LOCKOUT_CALLABLE = "apps.accounts.limits.locked_out"
# What is kept of a failed try is who, from where and when; nothing of the form, and nothing of those that succeed.
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "user_agent", "csrfmiddlewaretoken", "next"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Orders that one address places as a guest in ten minutes, and that one phone number is given in an hour; 0: no limit.
GUEST_ORDERS_PER_ADDRESS = env.number("GUEST_ORDERS_PER_ADDRESS", 60)
ORDERS_PER_PHONE = env.number("ORDERS_PER_PHONE", 20)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "marketplace.formats"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [ROOT / "frontend" / "dist"]
MEDIA_URL = "/media/"
# Pictures come from this process on one machine; in production a web server or object store serves them.
SERVE_MEDIA = env.flag("SERVE_MEDIA", True)
MEDIA_ROOT = env.folder("MEDIA_ROOT", str(VAR_DIR / "media"))
PRIVATE_ROOT = env.folder("PRIVATE_ROOT", str(VAR_DIR / "private"))
STORAGES = {
    "default": {"BACKEND": "marketplace.files.WholeFileStorage"},
    "private": {
        "BACKEND": "marketplace.files.WholeFileStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "marketplace.static.StaticFiles"},
}
DJANGO_VITE = {"default": {"manifest_path": ROOT / "frontend" / "dist" / ".vite" / "manifest.json"}}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9a-zA-Z_-]{8,12}\..+$"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# Eight photos of 8 MB, or six papers of 10 MB, with what is typed beside them.
BODY_MAX_BYTES = 70 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 12

_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _MEMORY},
    # HTML by the digest of what it shows: a hundred pages and two thousand cards for each process, some 20 MB.
    "pages": {"BACKEND": _MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 100}},
    "fragments": {"BACKEND": _MEMORY, "LOCATION": "fragments", "OPTIONS": {"MAX_ENTRIES": 2000}},
    "moments": {"BACKEND": _MEMORY, "LOCATION": "moments", "OPTIONS": {"MAX_ENTRIES": 50}},
}
# Elasticsearch, or nothing for the engine inside the processes; and where that one keeps its indexes.
SEARCH_URL = env.text("SEARCH_URL", "")
SEARCH_ENGINE = "elasticsearch" if SEARCH_URL else "tantivy"
SEARCH_ROOT = env.folder("SEARCH_ROOT", str(VAR_DIR / "search"))

# Counts of searches are written from the memory of a process so often; 0: by hand only.
SEARCH_TALLY_SECONDS = 5

# How old a page may be for a reader without cookies; prices and stock have to be right within two seconds.
PAGE_SECONDS = env.number("PAGE_MILLISECONDS", 500) / 1000

vars().update(env.mail("EMAIL_URL", f"filemail:///{VAR_DIR / 'mail'}"))
# A mail server that does not answer must not hold a worker or a page for minutes; in seconds.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Sản Vật <cho@sanvat.example>")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Without a request, and in all; docs/security.md says why.
SESSION_LIMITS = {
    "shopper": (timedelta(days=14), timedelta(days=60)),
    "vendor": (timedelta(hours=12), timedelta(days=7)),
    "admin": (timedelta(hours=1), timedelta(hours=12)),
}
# Begins the names of all cookies; production binds them to this very host.
COOKIE_PREFIX = ""
MESSAGE_STORAGE = "marketplace.notes.MessageStorage"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.storefront.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# docs/frontend.md: no inline script, no style attribute, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        # Forms may lead on to Stripe: to pay, and to open a vendor's account.
        "form-action": [
            SELF,
            *(env.words("STRIPE_API_BASE", []) or ["https://checkout.stripe.com", "https://connect.stripe.com"]),
        ],
        "frame-ancestors": [NONE],
    }
}
# What no page of ours asks the browser for.
_UNUSED = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media geolocation gyroscope hid "
    "magnetometer microphone midi payment publickey-credentials-get serial usb xr-spatial-tracking"
)
SAFETY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED.split(" ")),
}

# Oscar is the engine only: none of its views, URLs or receivers is loaded.
OSCAR_SHOP_NAME = "Sản Vật"
OSCAR_DEFAULT_CURRENCY = "VND"
OSCAR_OFFERS_INCL_TAX = True
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_MODERATE_REVIEWS = True
OSCAR_EAGER_ALERTS = False
OSCAR_SLUG_FUNCTION = "apps.kernel.vietnamese.slugify"
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "country")  # type: ignore[assignment]  # shorter than Oscar's
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 500
OSCAR_INITIAL_ORDER_STATUS = "placed"
OSCAR_INITIAL_LINE_STATUS = "placed"
OSCAR_DASHBOARD_NAVIGATION = []
PHONENUMBER_DEFAULT_REGION = "VN"

# Turns order numbers into codes that cannot be counted; never change it once orders exist.
ORDER_NUMBER_KEY = env.secret("ORDER_NUMBER_KEY", env.ORDER_NUMBER_KEY_BYTES, "")
# The account that VietQR codes name: the bank's BIN at NAPAS, number, holder. Without a number VietQR is not offered.
VIETQR_BANK_BIN = env.text("VIETQR_BANK_BIN", "")
VIETQR_ACCOUNT_NUMBER = env.text("VIETQR_ACCOUNT_NUMBER", "")
VIETQR_ACCOUNT_NAME = env.text("VIETQR_ACCOUNT_NAME", "")
# What the bank, or a service that watches the account, signs its notices with; two while one replaces the other.
BANK_NOTICE_SECRETS = env.secrets("BANK_NOTICE_SECRETS", env.NOTICE_SECRET_BYTES)
# Where the test bank of the demo is, if it runs.
TEST_BANK_URL = ""
# Cards: Stripe's key and the secrets that sign its webhooks, several while one is replaced; without a key no card is
# offered. Another base than Stripe's own leads to a stand-in.
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRETS = env.words("STRIPE_WEBHOOK_SECRETS", [])
STRIPE_API_BASE = env.text("STRIPE_API_BASE", "")
WEBHOOK_TOLERANCE_SECONDS = 300
# Whether the market keeps its commission when a shopper gets money back.
COMMISSION_KEPT_ON_REFUND = env.flag("COMMISSION_KEPT_ON_REFUND", False)
# Dong; what is due to a vendor below it is carried to the next payout. And the day on which a run is prepared.
PAYOUT_MINIMUM = env.number("PAYOUT_MINIMUM", 100_000)
PAYOUT_WEEKDAY = env.choice("PAYOUT_WEEKDAY", env.WEEKDAYS, "MONDAY")
# Without a broker `manage.py worker` finds its jobs by itself. A worker that dies gives its job back after so long.
BROKER_URL = ""
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 45)
DEMO = False
PLATFORM = platform(demo=DEMO)

# Prometheus' password for /metrics; without one machines of the private network may read it.
METRICS_TOKEN = env.secret("METRICS_TOKEN", env.METRICS_TOKEN_BYTES, "")
LOG_LEVEL = env.choice("LOG_LEVEL", env.LOG_LEVELS, "INFO")
LOGGING = logging_config("TEXT", LOG_LEVEL)
