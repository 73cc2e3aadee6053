"""The pages that Stripe would host: payment, 3-D Secure at the bank, onboarding of a vendor."""

from pathlib import Path

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from fakes.stripe.pages import bank, checkout, onboarding
from fakes.stripe.pages.layout import Visit, plain
from fakes.stripe.world import Call

STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
# No scripts, nothing from elsewhere. Forms lead on to the shop, so they are not restricted.
POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
PAGES = Map(
    [
        Rule("/c/pay/<key>", methods=["GET"], endpoint=checkout.show),
        Rule("/c/pay/<key>", methods=["POST"], endpoint=checkout.pay),
        Rule("/3ds/<key>", methods=["GET"], endpoint=bank.show),
        Rule("/3ds/<key>", methods=["POST"], endpoint=bank.decide),
        Rule("/setup/<key>", methods=["GET"], endpoint=onboarding.show),
        Rule("/setup/<key>", methods=["POST"], endpoint=onboarding.finish),
    ]
)


def answer(call: Call, shop: str, request: Request) -> Response:
    """One page."""
    if request.path == "/style.css":
        return Response(STYLE, mimetype="text/css", headers={"Cache-Control": "no-cache"})
    visit = Visit(call, shop, request)
    try:
        endpoint, args = PAGES.bind_to_environ(request.environ).match()
    except HTTPException:
        response = plain(visit, "not_found", status=404)
    else:
        response = endpoint(visit, args["key"])
    response.headers |= {
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return response
