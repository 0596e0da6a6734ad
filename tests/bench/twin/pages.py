"""Caseload, case page and contact form, written plainly with the ORM and with class-based forms."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from tests.bench.twin.models import (
    Access,
    Appointment,
    Barrier,
    Contact,
    DueItem,
    Enrolment,
    Goal,
    Look,
    Progression,
    Wellbeing,
)

RECENT = 12
CHANNELS = ("face_to_face", "telephone", "video", "email", "text", "letter", "home_visit", "other")
RESULTS = ("spoke", "late", "did_not_attend", "cancelled", "no_answer", "left_message", "wrong_number")


class ContactForm(forms.Form):
    channel = forms.ChoiceField(choices=list(zip(CHANNELS, CHANNELS, strict=True)), widget=forms.RadioSelect)
    direction = forms.ChoiceField(choices=[("in", "in"), ("out", "out")], widget=forms.RadioSelect)
    result = forms.ChoiceField(choices=list(zip(RESULTS, RESULTS, strict=True)), widget=forms.RadioSelect)
    happened_on = forms.DateField()
    happened_time = forms.TimeField()
    minutes = forms.IntegerField(min_value=0, max_value=1440, required=False)
    note = forms.CharField(max_length=20000, required=False, widget=forms.Textarea)
    sensitive = forms.BooleanField(required=False)


def _readable(user: Any) -> Any:
    today = timezone.localdate()
    mine = Access.objects.filter(participant=OuterRef("participant"), user=user, from_on__lte=today).filter(
        Q(until_on=None) | Q(until_on__gte=today)
    )
    return Enrolment.objects.filter(Exists(mine)).select_related("participant", "programme", "keyworker")


@login_required
def caseload(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    due = DueItem.objects.filter(enrolment=OuterRef("pk"), closed_on=None).order_by("due_on")
    standing = Contact.objects.filter(enrolment=OuterRef("pk"), voided_at=None, contact=None).values(
        "enrolment"
    )
    mine = _readable(request.user).filter(keyworker=request.user)
    rows = mine.annotate(
        due_on=Subquery(due.values("due_on")[:1]),
        due_kind=Subquery(due.values("kind")[:1]),
        last_at=Subquery(standing.filter(two_way=True).annotate(at=Max("happened_at")).values("at")),
        tried_at=Subquery(standing.filter(two_way=False).annotate(at=Max("happened_at")).values("at")),
        working=Exists(Progression.objects.filter(enrolment=OuterRef("pk"))),
    ).order_by("participant__family_name", "participant__given_name")
    open_due = DueItem.objects.filter(enrolment__in=mine, closed_on=None)
    counts = open_due.aggregate(
        overdue=Count("enrolment", distinct=True, filter=Q(due_on__lt=today)),
        today=Count("enrolment", distinct=True, filter=Q(due_on=today)),
        coming=Count("enrolment", distinct=True, filter=Q(due_on__gt=today)),
    )
    Look.objects.create(user=request.user, what="caseload")
    return render(
        request,
        "twin/caseload.html",
        {"rows": list(rows[:50]), "total": mine.count(), "counts": counts, "today": today},
    )


@login_required
def case(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    found = get_object_or_404(_readable(request.user), pk=enrolment_id)
    contacts = found.contact_set.filter(voided_at=None).select_related("entered_by").order_by("-happened_at")
    entries = [
        (each.happened_at, f"{each.channel}: {each.result}", each.entered_by.email, each.note)
        for each in contacts[:RECENT]
    ]
    for kind in (Progression, Goal, Barrier, Wellbeing, Appointment):
        steps = kind.objects.filter(enrolment=found).order_by("-happened_on")[:RECENT]
        entries += [(_noon(step.happened_on), step.words, "", "") for step in steps]
    entries = sorted(entries, key=lambda entry: entry[0], reverse=True)[:RECENT]
    Look.objects.create(user=request.user, participant=found.participant, what="case")
    return render(
        request,
        "twin/case.html",
        {
            "enrolment": found,
            "entries": entries,
            "happened": found.contact_set.filter(voided_at=None).count(),
            "due": list(found.dueitem_set.filter(closed_on=None).order_by("due_on")),
            "others": list(Enrolment.objects.filter(participant=found.participant).exclude(pk=found.pk)),
            "readers": list(Access.objects.filter(participant=found.participant).select_related("user")),
            "looks": list(
                Look.objects.filter(participant=found.participant)
                .values("user__email")
                .annotate(last=Max("at"), times=Count("id"))[:10]
            ),
        },
    )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@login_required
def contact(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            found = get_object_or_404(_readable(request.user), pk=enrolment_id)
            said = form.cleaned_data
            Contact.objects.create(
                enrolment=found,
                happened_at=timezone.make_aware(datetime.combine(said["happened_on"], said["happened_time"])),
                channel=said["channel"],
                direction=said["direction"],
                result=said["result"],
                two_way=said["result"] in ("spoke", "late"),
                minutes=said["minutes"],
                note=said["note"],
                entered_by=request.user,
            )
            last = found.contact_set.filter(two_way=True, voided_at=None, contact=None).aggregate(
                at=Max("happened_at")
            )["at"]
            due, _made = DueItem.objects.get_or_create(
                enrolment=found, kind="contact", defaults={"due_on": timezone.localdate()}
            )
            due.due_on = timezone.localdate(last) + timedelta(days=28)
            due.save()
            Look.objects.create(user=request.user, participant=found.participant, what="contact")
        return redirect("case", enrolment_id=enrolment_id)
    found = get_object_or_404(_readable(request.user), pk=enrolment_id)
    return render(request, "twin/contact.html", {"enrolment": found, "form": form})


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("bare", bare),
    path("caseload", caseload, name="caseload"),
    path("enrolments/<int:enrolment_id>", case, name="case"),
    path("enrolments/<int:enrolment_id>/contacts/new", contact, name="contact"),
]
