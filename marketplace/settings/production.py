"""PostgreSQL behind a TLS proxy; every secret must be given."""

from marketplace.monitoring.logs import logging_config
from marketplace.settings import env
from marketplace.settings.base import *
from marketplace.settings.broker import celery_settings

SECRET_KEY = env.secret("SECRET_KEY", env.SECRET_KEY_BYTES)
ORDER_NUMBER_KEY = env.secret("ORDER_NUMBER_KEY", env.ORDER_NUMBER_KEY_BYTES)
SITE_URL = env.site("SITE_URL")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
DATABASES = {"default": env.database("DATABASE_URL", "postgres://localhost/marketplace")}
if redis_url := env.redis("REDIS_URL"):
    CACHES["default"] = {"BACKEND": "marketplace.caches.ForgivingRedisCache", "LOCATION": redis_url}
BROKER_URL = env.broker("BROKER_URL", redis_url)
vars().update(celery_settings(BROKER_URL, lease_seconds=JOB_LEASE_SECONDS))
if BROKER_URL:
    # Whoever writes a job calls workers through this application.
    from marketplace import celery  # noqa: F401 (importing it makes it the default one)
vars().update(env.mail("EMAIL_URL", "smtp://localhost:25"))

LOGGING = logging_config("JSON", LOG_LEVEL)
SERVE_MEDIA = env.flag("SERVE_MEDIA", False)

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
# Machines on our side of the proxy ask without TLS.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
COOKIE_PREFIX = "__Host-"
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
# Only behind a proxy that sets and overwrites this header.
if env.flag("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
