"""The production profile with the jobs of the tests."""

from marketplace.settings.production import *

INSTALLED_APPS += ["tests.services.diary.DiaryConfig"]
