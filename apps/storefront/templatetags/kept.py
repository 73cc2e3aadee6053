"""`{% kept name value... %}`: HTML that is drawn once for the same values, and kept under a digest of them."""

from django import template
from django.core.cache import caches
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from apps.kernel.clock import today
from apps.kernel.digest import digest

register = template.Library()
KEPT_SECONDS = 3600


@register.tag
def kept(parser: Parser, token: Token) -> "KeptNode":
    """Everything that is shown between the tags must follow from the values, the language and the day."""
    _tag, name, *values = token.split_contents()
    body = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(body, name, [parser.compile_filter(value) for value in values])


class KeptNode(template.Node):
    """The HTML between the tags."""

    def __init__(self, body: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.body, self.name, self.values = body, name, values

    def render(self, context: Context) -> SafeString:
        """As it was drawn before for these values, or drawn now."""
        values = [value.resolve(context) for value in self.values]
        key, store = digest(self.name, get_language(), today(), values), caches["fragments"]
        html: str | None = store.get(key)
        if html is None:
            html = self.body.render(context)
            store.set(key, html, KEPT_SECONDS)
        return mark_safe(html)  # it comes from a template
