"""The app of provinces and communes."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the app under the label `places`."""

    name = "apps.places"
    default_auto_field = "django.db.models.BigAutoField"
