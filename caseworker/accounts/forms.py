"""Forms of signing in and of one's own account. None of them is kept as a draft."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError
from wtforms.widgets import PasswordInput

from caseworker.core.fields import ValueField
from caseworker.core.forms import CaseForm
from caseworker.core.values import Invalid, email


class PasswordField(ValueField):
    """data: exactly what was typed, spaces too. Never shown again."""

    widget = PasswordInput()
    width = 30

    def __init__(self, *args: Any, autocomplete: str = "current-password", **kwargs: Any) -> None:
        attributes = {"type": "password", "autocomplete": autocomplete, "spellcheck": "false"}
        super().__init__(*args, attributes=attributes, **kwargs)

    def parse(self, raw: Any) -> str:
        if not raw:
            raise Invalid(f"Enter {self.noun}")
        return str(raw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Not as other fields: a password of spaces is a password."""
        self.data = self.parse(valuelist[0] if valuelist else "")

    @property
    def raw(self) -> str:
        return ""


class SignInNameField(ValueField):
    """data: the address in lower case; whatever is not one is kept, to be refused like an unknown one."""

    width = 30
    autocomplete = "username"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attributes = {"type": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(*args, attributes=attributes, **kwargs)

    def parse(self, raw: Any) -> str:
        return email(raw, self.noun).lower()


class CodeField(ValueField):
    """data: the digits of a one-time code, spaces taken out."""

    width = 10
    inputmode = "numeric"
    autocomplete = "one-time-code"

    def parse(self, raw: Any) -> str:
        digits = "".join(str(raw).split())
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise Invalid("Enter the 6 digits that your app shows now")
        return digits

    @property
    def raw(self) -> str:
        return ""


class SignInForm(CaseForm):
    email = SignInNameField(_("E-mail address"), noun="your e-mail address")
    password = PasswordField(_("Password"), noun="your password")


class CodeForm(CaseForm):
    one_time_code = CodeField(
        _("Code from your app"),
        noun="the code",
        hint=_("6 digits. Each code works once; a new one comes every half minute."),
    )


class PasswordForm(CaseForm):
    current_password = PasswordField(_("Your password now"), noun="your password as it is now")
    new_password = PasswordField(
        _("New password"),
        noun="a new password",
        autocomplete="new-password",
        hint=_("12 characters or longer. Three random words make a good one. You may paste it."),
    )
    new_password_again = PasswordField(
        _("New password again"), noun="the new password again", autocomplete="new-password"
    )

    def validate_new_password_again(self, field: PasswordField) -> None:
        if self.new_password.data and field.data != self.new_password.data:
            raise ValidationError("The two new passwords are not the same")


class OwnPasswordForm(CaseForm):
    """For what must not be done by whoever finds a screen open."""

    current_password = PasswordField(_("Your password"), noun="your password")
