"""The part of the case record that the three pages read, as a Django project would have it."""

from django.conf import settings
from django.db import models


class Programme(models.Model):
    name = models.CharField(max_length=120)


class Participant(models.Model):
    reference = models.CharField(max_length=10, unique=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born_on = models.DateField(null=True)
    no_voicemail = models.BooleanField(default=False)


class Enrolment(models.Model):
    participant = models.ForeignKey(Participant, models.PROTECT)
    programme = models.ForeignKey(Programme, models.PROTECT)
    keyworker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    referred_on = models.DateField()
    started_on = models.DateField(null=True)
    exited_on = models.DateField(null=True)


class Access(models.Model):
    participant = models.ForeignKey(Participant, models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class Contact(models.Model):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT)
    happened_at = models.DateTimeField()
    channel = models.CharField(max_length=30)
    direction = models.CharField(max_length=10)
    result = models.CharField(max_length=30)
    two_way = models.BooleanField()
    minutes = models.IntegerField(null=True)
    note = models.TextField(blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    corrects = models.ForeignKey("self", models.PROTECT, null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["enrolment", "happened_at"])]


class DueItem(models.Model):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT)
    kind = models.CharField(max_length=30)
    due_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["enrolment", "closed_on", "due_on"])]


class Step(models.Model):
    """Progressions, goals, barriers, wellbeing and appointments: one table each in a real project."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT)
    happened_on = models.DateField()
    words = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Progression(Step):
    pass


class Goal(Step):
    pass


class Barrier(Step):
    pass


class Wellbeing(Step):
    pass


class Appointment(Step):
    pass


class Look(models.Model):
    """Who looked at whom, which every page of a case writes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    participant = models.ForeignKey(Participant, models.PROTECT, null=True)
    what = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
