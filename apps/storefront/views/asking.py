"""What browsers tell about a list of results: that it was shown, and that something was opened."""

from django.http import HttpRequest, HttpResponse

from apps.storefront.asking import is_shopper, known_province
from apps.storefront.guards import same_origin_post
from search import asked
from search.request import SearchRequest


@same_origin_post
def opened(request: HttpRequest) -> HttpResponse:
    """Count a list that was shown (`viec=xem`) or of which something was opened (`viec=mo`); nobody is remembered."""
    words, act = SearchRequest.read({"q": [request.POST.get("q", "")]}).q, request.POST.get("viec")
    if act in ("xem", "mo") and is_shopper(request):
        place = known_province(request.POST.get("tinh", ""))
        asked.note_view(words, opened=act == "mo", province_code=place)
    return HttpResponse(status=204)
