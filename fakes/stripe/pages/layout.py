"""The frame that all hosted pages share."""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup
from werkzeug.wrappers import Request, Response

from fakes.stripe.pages.words import WORDS, say
from fakes.stripe.world import Call

FRAME = Markup("""<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <title>{title}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/style.css">
</head>
<body>
  <header>
    <p class="shop">{shop}</p>
    <p class="test"><strong>{test_mode}</strong> <span>{test_mode_help}</span></p>
  </header>
  <main>{content}</main>
</body>
</html>
""")
MESSAGE = Markup('<section class="panel narrow"><h1>{title}</h1><p>{text}</p>{link}</section>')


@dataclass(frozen=True)
class Visit:
    """One request of a browser: to which fake, on behalf of which shop, in which language."""

    call: Call
    shop: str
    request: Request
    locale: str | None = None

    @cached_property
    def language(self) -> str:
        """`vi` or `en`: of the session when it says so, else of the browser; Vietnamese when in doubt."""
        if self.locale and self.locale != "auto":
            return "vi" if self.locale.startswith("vi") else "en"
        return self.request.accept_languages.best_match(("vi", "en")) or "vi"

    def in_locale(self, locale: str | None) -> "Visit":
        """The same visit in the language that a session asks for."""
        return Visit(self.call, self.shop, self.request, locale)

    def say(self, key: str, **parts: str) -> str:
        """A sentence in the visitor's language."""
        return say(self.language, key, **parts)


def page(visit: Visit, title: str, content: Markup, status: int = 200) -> Response:
    """A whole page."""
    words = {key: visit.say(key) for key in ("test_mode", "test_mode_help")}
    text = FRAME.format(
        language=visit.language, title=f"{title} – {visit.shop}", shop=visit.shop, content=content, **words
    )
    return Response(text, status=status, mimetype="text/html")


def plain(visit: Visit, key: str, *, link: Markup | None = None, status: int = 200) -> Response:
    """A page that only says something: a heading and the sentence of `<key>_help`."""
    title = visit.say(key)
    text = visit.say(f"{key}_help") if f"{key}_help" in WORDS else ""
    return page(visit, title, MESSAGE.format(title=title, text=text, link=link or ""), status)


def back_link(visit: Visit, url: str | None, key: str = "back") -> Markup:
    """The way back to the shop, when it gave one."""
    return Markup('<p><a class="back" href="{}">{}</a></p>').format(url, visit.say(key)) if url else Markup("")
