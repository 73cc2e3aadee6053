"""Personal data of search: what people keep. What is counted of searches names nobody."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.personal_data import PersonalData, by_path, delete, register
from search.models import SavedSearch

register(
    PersonalData(
        model=SavedSearch,
        rows=by_path(SavedSearch, "user"),
        fields=("user", "query", "words"),
        why="opening a search again, and telling the person of new goods for it",
        kept="until the person removes it",
        erase=delete,
        done="deleted",
        title=_("Saved searches"),
        export={"created_at": _("When"), "words": _("Search words"), "query": _("Address")},
    ),
)
