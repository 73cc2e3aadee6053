"""Where messages wait for the next page: Django's cookie, under a name that is bound to this host like all of ours."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    """Django's, but for the name."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class MessageStorage(FallbackStorage):
    """The cookie, and the session for what does not fit into it."""

    storage_classes = (HostCookieStorage, SessionStorage)
