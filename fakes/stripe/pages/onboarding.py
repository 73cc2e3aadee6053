"""The hosted onboarding of a connected account: one button that does what papers and days do at Stripe."""

from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from fakes.stripe import accounts_v2
from fakes.stripe.errors import Doc
from fakes.stripe.pages.layout import Visit, back_link, page, plain

CONTENT = Markup("""
<form method="post" class="panel narrow">
  <h1>{title}</h1>
  <p>{help}</p>
  <p>{account}: <code>{id}</code></p>
  <div class="choices">
    <button type="submit" name="answer" value="done" class="primary">{done}</button>
    <button type="submit" name="answer" value="later">{later}</button>
  </div>
</form>""")


def _link(visit: Visit, key: str) -> Doc | None:
    link = visit.call.store.get("_link", key)
    return link if link and link["expires_at"] > visit.call.now else None


def _used(visit: Visit, key: str) -> Response:
    link = visit.call.store.get("_link", key)
    way = back_link(visit, link["refresh_url"], "setup_new") if link else None
    return plain(visit, "setup_used", link=way, status=410)


def show(visit: Visit, key: str) -> Response:
    """The form, or that the link is too old."""
    link = _link(visit, key)
    if link is None:
        return _used(visit, key)
    title = visit.say("setup_title", shop=visit.shop)
    words = {name: visit.say(f"setup_{name}") for name in ("help", "account", "done", "later")}
    return page(visit, title, CONTENT.format(title=title, id=link["account"], **words))


def finish(visit: Visit, key: str) -> Response:
    """Activate the account, or not yet; back to the shop."""
    with visit.call.store.transaction():
        link = _link(visit, key)
        if link is None:
            return _used(visit, key)
        visit.call.store.remove(link)
        if visit.request.form.get("answer") == "done":
            accounts_v2.onboarded(visit.call, link["account"])
        return redirect(link["return_url"] or link["refresh_url"], 303)
