"""Form fields over `core.values`: same parser, same verdict, same words as imports and the API."""

from caseworker.core.fields.base import Option, ValueField
from caseworker.core.fields.birth import DateOfBirthField
from caseworker.core.fields.files import FileField
from caseworker.core.fields.picked import ChoiceField, ChoicesField, ScaleField, YesNoField
from caseworker.core.fields.typed import (
    DateField,
    DecimalField,
    EmailField,
    HiddenField,
    MinutesField,
    MoneyField,
    NiNumberField,
    NoteField,
    PhoneField,
    PostcodeField,
    TextField,
    TimeField,
    WholeNumberField,
)

__all__ = [
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "DateOfBirthField",
    "DecimalField",
    "EmailField",
    "FileField",
    "HiddenField",
    "MinutesField",
    "MoneyField",
    "NiNumberField",
    "NoteField",
    "Option",
    "PhoneField",
    "PostcodeField",
    "ScaleField",
    "TextField",
    "TimeField",
    "ValueField",
    "WholeNumberField",
    "YesNoField",
]
