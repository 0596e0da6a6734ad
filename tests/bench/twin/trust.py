"""What keeps the record safe: sealed text, chained audit, one-use forms, drafts and dated roles."""

import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

_NONCE = 12
_FIRST = bytes(32)
_noted: ContextVar[list["AuditRow"] | None] = ContextVar("noted", default=None)


@cache
def _cipher() -> AESGCM:
    return AESGCM(settings.SEAL_KEY)


class SealedTextField(models.BinaryField):
    """Text in Python, AES-GCM in the database."""

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        nonce = os.urandom(_NONCE)
        return nonce + _cipher().encrypt(nonce, value.encode(), b"note")

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str | None:
        if value is None:
            return None
        sealed = bytes(value)
        return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], b"note").decode()


class AuditRow(models.Model):
    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    action = models.CharField(max_length=40)
    record_kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField(null=True)
    participant_id = models.BigIntegerField(null=True)
    fields = models.CharField(max_length=2000)
    request_id = models.CharField(max_length=32)
    link = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["participant_id", "at"]),
            models.Index(fields=["record_kind", "record_id"]),
        ]


SIGNED = [field.attname for field in AuditRow._meta.concrete_fields if field.attname not in ("at", "link")]


class Record(models.Model):
    """A fact somebody entered: versioned, dated, taken back rather than deleted, audited."""

    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=40, null=True)

    class Meta:
        abstract = True


@receiver(post_save)
def _changed(
    sender: Any, instance: Any, created: bool, update_fields: frozenset[str] | None, **_more: Any
) -> None:
    noted = _noted.get()
    if noted is not None and isinstance(instance, Record):
        whose = getattr(instance, "participant_id", None)
        note(
            "created" if created else "changed",
            sender._meta.db_table,
            instance.pk,
            whose,
            fields=",".join(update_fields or ()),
        )


def note(action: str, kind: str, record: int | None, participant: int | None, fields: str = "") -> None:
    """Add a line to the audit of the work under way."""
    noted = _noted.get()
    assert noted is not None
    noted.append(
        AuditRow(action=action, record_kind=kind, record_id=record, participant_id=participant, fields=fields)
    )


@contextmanager
def work(request: Any) -> Iterator[None]:
    """All or nothing, with the audit of it chained as the last thing before the commit."""
    kept = _noted.set([])
    try:
        with transaction.atomic():
            yield
            _chain(request)
    finally:
        _noted.reset(kept)


def _chain(request: Any) -> None:
    rows = _noted.get() or []
    last = AuditRow.objects.order_by("-number").values_list("number", "link").first()
    before, link = last or (0, _FIRST)
    at = timezone.now()
    for number, row in enumerate(rows, start=before + 1):
        row.number, row.at, row.user_id, row.request_id = number, at, request.user.pk, request.request_id
        body = json.dumps([str(getattr(row, name)) for name in SIGNED] + [at.isoformat()])
        link = row.link = hmac.digest(settings.AUDIT_KEY, bytes(link) + body.encode(), "sha256")
    AuditRow.objects.bulk_create(rows)


class RoleGrant(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    programme = models.ForeignKey("Programme", models.PROTECT, null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)


class PostToken(models.Model):
    """A form that was acted on once. Sent again, it answers with where the first answer went."""

    token = models.CharField(max_length=43, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    location = models.CharField(max_length=400)
    spent_at = models.DateTimeField(default=timezone.now)


class Draft(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    path = models.CharField(max_length=400)
    typed = SealedTextField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="one_draft")]


class SavedFilter(Record):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lists")
    name = models.CharField(max_length=80)
    filters = models.CharField(max_length=1000)
