"""Commission rules in their order, and the tax rates that hold for vendors and goods."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.backoffice import selectors
from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.fee_forms import RuleForm, TreatmentForm
from apps.backoffice.pages import show
from apps.backoffice.record import deeds
from apps.fees import services
from apps.fees.models import CommissionRule, TaxTreatment
from apps.fees.rates import Activity, fee_vat, tax_table
from apps.fees.selectors import rules, treatments
from apps.fees.words import percent, rule_words
from apps.kernel.clock import today
from apps.kernel.errors import DomainError

PAGE_SIZE = 30
RECORD_SHOWN = 10


@admin_required
@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    """All rules from the top, the tax table of today, and for whom other rates hold."""
    kept = [(rule, rule_words(rule)) for rule in rules()]
    names = {(CommissionRule._meta.label, str(rule.pk)): words for rule, words in kept}
    context = {
        "rules": kept,
        "catches_all": any(_is_for_all(rule) for rule, _words in kept),
        "rates": [
            (Activity(activity).label, *map(percent, (rates.vat, rates.pit_resident, rates.pit_non_resident)))
            for activity, rates in tax_table(today()).items()
        ],
        "fee_vat": percent(fee_vat(today())),
        "page": Paginator(treatments(), PAGE_SIZE).get_page(request.GET.get("trang")),
        "history": deeds(selectors.fee_history()[:RECORD_SHOWN], names),
        "room": "fees",
    }
    return show(request, "fees", context)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_rule(request: HttpRequest) -> HttpResponse:
    """A new rule, on top of all others."""
    form = RuleForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_rule(data=form.data_for_service(), actor=actor_of(request))
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The rule stands on top and holds for every order from now on."))
            return redirect("backoffice:fees")
    return _form(request, "fee_rule", form)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule, to be changed where it stands."""
    rule = get_object_or_404(rules(), pk=pk)
    form = RuleForm(request.POST or None, initial=RuleForm.values_of(rule))
    if form.is_valid():
        try:
            services.change_rule(rule=rule, data=form.data_for_service(), actor=actor_of(request))
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The rule is changed for every order from now on."))
            return redirect("backoffice:fees")
    return _form(request, "fee_rule", form, rule_words(rule))


@admin_required
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a rule one place up or down, or switch it on or off."""
    rule, wanted, actor = get_object_or_404(CommissionRule, pk=pk), request.POST.get("act"), actor_of(request)
    if wanted in ("up", "down"):
        done = services.move_rule(rule=rule, up=wanted == "up", actor=actor)
    elif wanted in ("on", "off"):
        done = services.switch_rule(rule=rule, on=wanted == "on", actor=actor)
    else:
        raise Http404
    if not done:
        messages.error(request, _("This was decided meanwhile; the page shows the present state."))
    return redirect("backoffice:fees")


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def treat(request: HttpRequest) -> HttpResponse:
    """Other tax rates for a vendor or one of its products."""
    form = TreatmentForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        is_resident = not given.pop("lives_abroad")
        try:
            services.treat(**given, is_resident=is_resident, actor=actor_of(request))
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("These rates hold from that day on."))
            return redirect("backoffice:fees")
    return _form(request, "fee_treatment", form)


@admin_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take other tax rates back."""
    services.drop_treatment(treatment=get_object_or_404(TaxTreatment, pk=pk), actor=actor_of(request))
    messages.success(request, _("Taken back: the usual rates hold again."))
    return redirect("backoffice:fees")


def _form(request: HttpRequest, template: str, form: forms.Form, words: str = "") -> HttpResponse:
    context = {"form": form, "words": words, "room": "fees"}
    return show(request, template, context, status=422 if form.is_bound else 200)


def _is_for_all(rule: CommissionRule) -> bool:
    conditions = (rule.vendor_id, rule.category_id, rule.product_id, rule.value_from, rule.value_below)
    return rule.is_active and conditions == (None,) * len(conditions)
