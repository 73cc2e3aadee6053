"""Oscar's communication tables; unused by our mail, needed by its order models."""

from oscar.apps.communication.models import *
