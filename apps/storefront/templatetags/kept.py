"""`{% kept name value... %}`: a part of a page that is drawn once for the same values."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from apps.storefront.kept import drawn_once

register = template.Library()


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
        html = drawn_once("fragments", lambda: self.body.render(context), self.name, values)
        return mark_safe(html)  # it comes from a template
