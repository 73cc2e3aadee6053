"""Where a person is signed in: a browser in words that its owner knows."""

from django.utils.translation import gettext as _

# The first that is found names it: browsers call themselves by the names of others, too.
_BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("chrome", "Chrome"),
    ("crios", "Chrome"),
    ("safari", "Safari"),
)
_SYSTEMS = (
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """Such as “Chrome, Android”; what no name fits is another browser."""
    known = user_agent.lower()
    found = [next((words for sign, words in names if sign in known), "") for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(words for words in found if words) or _("Another browser")
