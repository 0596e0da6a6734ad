"""Caseload, case page and contact form, written plainly with the ORM, forms and templates."""

import secrets
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseworker.enrolments.rules import standing
from tests.bench.twin import models as m
from tests.bench.twin.around import once, requires
from tests.bench.twin.case_page import DUE, STATUS, case_page, days_ago, flags_of
from tests.bench.twin.forms import ContactForm
from tests.bench.twin.reading import is_quiet, own, readable, status_of, with_standing
from tests.bench.twin.saving import save_contact
from tests.bench.twin.trust import note, work

PAGE = 50
# Words and what each order goes by.
SORTS: dict[str, tuple[Any, Callable[[dict[str, Any]], str]]] = {
    "name": (gettext_lazy("Name"), lambda line: ""),
    "status": (gettext_lazy("Status"), lambda line: line["status"]),
    "start": (gettext_lazy("Started"), lambda line: str(line["case"].started_on)),
    "last": (gettext_lazy("Last contact"), lambda line: str(line["case"].last_at)),
    "next": (gettext_lazy("Next step"), lambda line: str(line["case"].due_on)),
}
STANDS = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "coming": gettext_lazy("Next 7 days"),
}
# Name in the address, column of a group, words, and what is offered.
FILTERS = (
    ("status", "status", gettext_lazy("Status"), {code: words for code, (words, _kind) in STATUS.items()}),
    ("due", "stands", gettext_lazy("Next step"), STANDS),
    ("kind", "due_kind", gettext_lazy("Kind of next step"), DUE),
    ("contact", "quiet", gettext_lazy("Contact"), {True: gettext_lazy("Not spoken with for 28 days")}),
)


@requires("caseload:read")
def caseload(request: Any) -> HttpResponse:
    """All of one's own at once: counted, narrowed and ordered in Python, which serves forty people."""
    today = timezone.localdate()
    lines = [_line(case, today) for case in with_standing(own(request, today), today)]
    here = [line for line in lines if line["status"] != "left"]
    lines = lines if "left" in request.GET.getlist("status") else here
    for name, key, _legend, _options in FILTERS:
        wanted = request.GET.getlist(name)
        lines = [line for line in lines if str(line[key]) in wanted] if wanted else lines
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "name"
    lines.sort(key=lambda line: (SORTS[sort][1](line), line["name"].lower()))
    page = Paginator(lines, PAGE)
    counts = {key: Counter(line[key] for line in here) for _name, key, _legend, _options in FILTERS}
    context = {
        "rows": page.get_page(request.GET.get("page")),
        "matching": page.count,
        "total": len(here),
        "sort": sort,
        "sorts": [(name, words) for name, (words, _key) in SORTS.items()],
        "overdue": counts["stands"]["overdue"],
        "quiet": counts["quiet"][True],
        "filters": [
            (name, legend, [(code, words, counts[key][code]) for code, words in options.items()])
            for name, key, legend, options in FILTERS
        ],
        "lists": list(request.user.lists.filter(voided_at=None).order_by("name")),
    }
    response = render(request, "twin/caseload.html", context)
    with work(request):
        note("listed", "caseload", None, None)
    return response


def _line(case: Any, today: date) -> dict[str, Any]:
    tried = case.tried_at and (case.last_at is None or case.tried_at > case.last_at)
    person, status = case.participant, status_of(case, today)
    return {
        "case": case,
        "person": person,
        "name": f"{person.family_name} {person.preferred_name or person.given_name}",
        "status": status,
        "tag": STATUS[status],
        "quiet": is_quiet(case, today),
        "last": days_ago(case.last_at, today),
        "tried": days_ago(case.tried_at, today) if tried else "",
        "due_kind": case.due_kind,
        "due": DUE.get(case.due_kind),
        "stands": standing(case.due_on, None, today).value,
    }


@requires("case:read")
def case(request: Any, enrolment_id: int) -> HttpResponse:
    today = timezone.localdate()
    cases = with_standing(readable(request, today).filter(participant__enrolment=enrolment_id), today)
    every = list(cases.order_by("-referred_on"))
    found = next((each for each in every if each.pk == enrolment_id), None)
    if found is None:
        raise Http404
    context = case_page(request, every, found, today)
    response = render(request, "twin/case.html", context)
    with work(request):
        note("looked", "case", found.participant_id, found.participant_id)
    return response


@requires("contact:record")
@once
def contact(request: Any, enrolment_id: int) -> HttpResponse:
    found = get_object_or_404(readable(request, timezone.localdate()), pk=enrolment_id)
    form = ContactForm(request.POST or None, enrolment=found, initial=_presets())
    if request.method == "POST" and form.is_valid():
        location = reverse("case", args=[enrolment_id])
        with work(request):
            saved = save_contact(found, form.cleaned_data, request.user)
            note("looked", "contact", found.participant_id, found.participant_id)
            m.PostToken.objects.create(
                token=form.cleaned_data["post_token"], user=request.user, location=location
            )
            m.Draft.objects.filter(user=request.user, path=request.path).delete()
        undo = reverse("take_back", args=[enrolment_id, saved.pk])
        messages.success(request, _("Contact saved."), extra_tags=undo)
        return redirect(location)
    response = render(
        request,
        "twin/contact.html",
        {"enrolment": found, "person": found.participant, "form": form, "flags": flags_of(found.participant)},
        status=422 if form.errors else 200,
    )
    with work(request):
        note("looked", "contact", found.participant_id, found.participant_id)
    return response


def _presets() -> dict[str, Any]:
    local = timezone.localtime()
    return {
        "post_token": secrets.token_urlsafe(32),
        "happened_on": local.date(),
        "happened_time": local.time().replace(second=0, microsecond=0),
        "direction": "out",
        "channel": "telephone",
        "action_due": "two_weeks",
        "again": "no",
    }


@requires("contact:record")
@once
def take_back(request: Any, enrolment_id: int, contact_id: int) -> HttpResponse:
    found = get_object_or_404(readable(request, timezone.localdate()), pk=enrolment_id)
    entry = get_object_or_404(m.Contact, pk=contact_id, enrolment=found, entered_by=request.user)
    if request.method == "POST":
        with work(request):
            entry.voided_at = timezone.now()
            entry.save(update_fields=["voided_at"])
    return redirect("case", enrolment_id=enrolment_id)


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("bare", bare),
    path("caseload", caseload, name="caseload"),
    path("enrolments/<int:enrolment_id>", case, name="case"),
    path("enrolments/<int:enrolment_id>/contacts/new", contact, name="contact"),
    path("enrolments/<int:enrolment_id>/contacts/<int:contact_id>/take-back", take_back, name="take_back"),
]
