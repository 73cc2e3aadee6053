"""Fields of the portal's forms: several files at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; its value is a list, empty when nothing was sent."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files that were sent; raises ValidationError for an empty one or when one is required."""
        files: Sequence[UploadedFile[Any]] = data or []
        if not files:
            if self.required and not initial:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        return [super(FilesField, self).clean(file) for file in files]
