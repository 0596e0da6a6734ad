"""The part of the case record that the three pages read, as a Django project would have it."""

from django.conf import settings
from django.db import models

from tests.bench.twin.trust import (
    AuditRow,
    Draft,
    PostToken,
    Record,
    RoleGrant,
    SavedFilter,
    SealedTextField,
)

__all__ = ["AuditRow", "Draft", "PostToken", "RoleGrant", "SavedFilter"]


def code(**more: object) -> models.CharField:
    return models.CharField(max_length=40, **more)


class Programme(models.Model):
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)


class ProgrammeRule(Record):
    programme = models.ForeignKey(Programme, models.PROTECT)
    kind, code, label = code(), code(), models.CharField(max_length=120)
    settings = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class Participant(Record):
    reference = models.CharField(max_length=10, unique=True)
    given_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, null=True)
    family_name = models.CharField(max_length=100)
    born_on = models.DateField(null=True)
    phone, email, postcode = code(null=True), models.CharField(max_length=254, null=True), code(null=True)
    address, ni_number = SealedTextField(null=True), SealedTextField(null=True)
    no_voicemail, no_texts = models.BooleanField(default=False), models.BooleanField(default=False)
    no_letters, no_emails = models.BooleanField(default=False), models.BooleanField(default=False)
    safe_times = models.CharField(max_length=100, null=True)
    safety_asked_on = models.DateField(null=True)
    restricted = models.BooleanField(default=False)


class Enrolment(Record):
    participant = models.ForeignKey(Participant, models.PROTECT)
    programme = models.ForeignKey(Programme, models.PROTECT)
    keyworker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    referral_source = code()
    referred_on = models.DateField()
    started_on = models.DateField(null=True)
    exited_on = models.DateField(null=True)
    exit_reason = code(null=True)
    status_at_start = code(null=True)


class Access(models.Model):
    participant = models.ForeignKey(Participant, models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True)
    scope, why, reason = code(), code(), code(null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class OfEnrolment(Record):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT)

    class Meta:
        abstract = True


class Contact(OfEnrolment):
    happened_at = models.DateTimeField()
    channel, direction, result = code(), code(), code()
    two_way = models.BooleanField()
    minutes = models.IntegerField(null=True)
    note = SealedTextField(null=True)
    sensitive = models.BooleanField(default=False)
    not_attended_reason = code(null=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True)
    correction_reason = code(null=True)

    class Meta:
        indexes = [models.Index(fields=["enrolment", "happened_at"])]


class ContactTheme(models.Model):
    contact = models.ForeignKey(Contact, models.CASCADE)
    theme = code()


class ContactPart(models.Model):
    """Something that was saved in one go with a contact: its Undo takes that back too."""

    contact = models.ForeignKey(Contact, models.CASCADE)
    kind = code()
    about_id = models.BigIntegerField()


class DueItem(models.Model):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT)
    kind, rule = code(), code()
    about_id = models.BigIntegerField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["enrolment", "closed_on", "due_on"])]


class Pause(OfEnrolment):
    reason = code()
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class HandedCase(Record):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class CaseWork(OfEnrolment):
    kind, minutes, done_on = code(), models.IntegerField(), models.DateField()
    note = SealedTextField(null=True)


class Appointment(OfEnrolment):
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True)
    starts_at, channel, result = models.DateTimeField(), code(), code(null=True)
    minutes = models.IntegerField()
    note = SealedTextField(null=True)


class Task(OfEnrolment):
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    words, due_on = SealedTextField(), models.DateField(null=True)


class Barrier(OfEnrolment):
    theme, barrier, state = code(), code(null=True), code()
    severity = models.IntegerField(null=True)
    assessed_on = models.DateField()


class Goal(OfEnrolment):
    horizon, words = code(), SealedTextField()
    agreed_on, target_on = models.DateField(), models.DateField()
    closed_on = models.DateField(null=True)


class Action(Record):
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="actions")
    words, owner, state = SealedTextField(), code(), code(default="not_started")
    due_on, done_on = models.DateField(), models.DateField(null=True)


class PlanAgreed(OfEnrolment):
    how, agreed_on = code(), models.DateField()


class Wellbeing(OfEnrolment):
    instrument, stage, assessed_on = code(), code(), models.DateField()
    life_satisfaction = models.IntegerField(null=True)
    worthwhile = models.IntegerField(null=True)
    happiness = models.IntegerField(null=True)
    anxiety = models.IntegerField(null=True)


class BudgetHead(Record):
    programme = models.ForeignKey(Programme, models.PROTECT)
    name, limit_pence = models.CharField(max_length=80), models.IntegerField()

    def __str__(self) -> str:
        return str(self.name)


class Support(OfEnrolment):
    kind, state, given_on = code(), code(), models.DateField()
    amount_pence, units_hundredths = models.IntegerField(null=True), models.IntegerField(null=True)
    budget = models.ForeignKey(BudgetHead, models.PROTECT, null=True)
    note = SealedTextField(null=True)


class Progression(OfEnrolment):
    kind, evidence_level = code(), code()
    started_on, ended_on = models.DateField(), models.DateField(null=True)
    employer = models.CharField(max_length=120, null=True)


class Check(OfEnrolment):
    progression = models.ForeignKey(Progression, models.PROTECT)
    result, checked_on = code(), models.DateField()


class OutcomeState(models.Model):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT)
    rule, achieved_on = models.ForeignKey(ProgrammeRule, models.PROTECT), models.DateField()


class CoursePlace(OfEnrolment):
    title, joined_on, left_on = (
        models.CharField(max_length=120),
        models.DateField(),
        models.DateField(null=True),
    )
    ends_on, completed_on = models.DateField(), models.DateField(null=True)


class Agreement(Record):
    participant = models.ForeignKey(Participant, models.PROTECT)
    purpose, answer, agency = code(), code(), code(default="")
    given_on, withdrawn_on = models.DateField(), models.DateField(null=True)


class EqualityAnswer(Record):
    participant = models.ForeignKey(Participant, models.PROTECT)
    question, answer, state, asked_on = code(), code(), code(), models.DateField()


class EligibilityCheck(OfEnrolment):
    criterion, answer, evidence = code(), code(), code(default="")
    seen_on, valid_until_on = models.DateField(), models.DateField(null=True)
