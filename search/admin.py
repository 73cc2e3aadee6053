"""Synonyms, which operators edit."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.kernel.actor import Actor
from search.models import SynonymGroup
from search.synonyms import BadGroup, check_group, delete_group, save_group


class SynonymGroupForm(forms.ModelForm[SynonymGroup]):
    """Shows what is wrong with a group beside its phrases."""

    class Meta:
        model = SynonymGroup
        fields = ("phrases", "with_accents")

    def clean(self) -> dict[str, Any]:
        """The phrases as they are kept."""
        data = super().clean() or {}
        if data.get("phrases"):
            group = self.instance if self.instance.pk else None
            try:
                data["phrases"] = check_group(data["phrases"], with_accents=data["with_accents"], group=group)
            except BadGroup as bad:
                self.add_error("phrases", str(bad))
        return data


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin[SynonymGroup]):
    """Writes through the services, which check and audit."""

    form = SynonymGroupForm
    list_display = ("phrases", "with_accents")
    list_filter = ("with_accents",)
    search_fields = ("phrases",)

    def save_model(self, request: HttpRequest, obj: SynonymGroup, form: Any, change: bool) -> None:
        """Add or change a group."""
        old = SynonymGroup.objects.get(pk=obj.pk) if change else None
        saved = save_group(actor=_actor(request), phrases=obj.phrases, with_accents=obj.with_accents, group=old)
        obj.pk = saved.pk

    def delete_model(self, request: HttpRequest, obj: SynonymGroup) -> None:
        """Forget a group."""
        delete_group(actor=_actor(request), group=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SynonymGroup]) -> None:
        """Forget several groups."""
        for group in queryset:
            delete_group(actor=_actor(request), group=group)


def _actor(request: HttpRequest) -> Actor:
    return Actor.person(request.user.pk or 0)
