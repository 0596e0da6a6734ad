"""What stands around every page: the session's time, roles and permissions, headers, the log, the layout."""

import json
import logging
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseworker.core.headers import HEADERS
from tests.bench.twin.models import PostToken

IDLE, ABSOLUTE, TOUCH_EVERY = 30 * 60, 12 * 3600, 60
Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("twin")
_CASEWORK = frozenset({"case:read", "caseload:read", "contact:record", "account:own"})
PERMISSIONS = {"keyworker": _CASEWORK, "lead": _CASEWORK | {"person:merge"}}
LABELS = {"lead": _("Programme lead"), "keyworker": _("Keyworker")}
MENU = (
    (_("Home"), "/", "account:own"),
    (_("My week"), "/week", "case:read"),
    (_("Caseload"), "/caseload", "caseload:read"),
    (_("Employers"), "/employers", "case:read"),
    (_("Take a message"), "/messages/take", "case:read"),
)


def session_times(answer: Answer) -> Answer:
    """End a session by time, and note its use once a minute."""

    def middleware(request: HttpRequest) -> HttpResponse:
        kept, now = request.session, time.time()
        if "seen" in kept:
            if now - kept["seen"] > IDLE or now - kept["began"] > ABSOLUTE:
                kept.flush()
            elif now - kept["seen"] >= TOUCH_EVERY:
                kept["seen"] = now
        return answer(request)

    return middleware


def headers_and_log(answer: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        began, request.request_id = time.perf_counter(), secrets.token_hex(8)
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers["Cache-Control"] = "no-store"
        match = request.resolver_match
        line = {
            "at": timezone.now().isoformat(timespec="seconds"),
            "event": "request",
            "method": request.method,
            "view": match.view_name if match else None,
            "ids": match.kwargs if match else {},
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "request_id": request.request_id,
        }
        _log.info(json.dumps(line))
        return response

    return middleware


def requires(permission: str) -> Callable[[Any], Any]:
    """Open a view to roles that hold the permission today."""

    def guard(view: Any) -> Any:
        @wraps(view)
        def guarded(request: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect("/sign-in")
            today = timezone.localdate()
            lasting = Q(from_on__lte=today) & (Q(until_on=None) | Q(until_on__gte=today))
            request.grants = list(request.user.grants.filter(lasting, voided_at=None))
            request.roles = {grant.role for grant in request.grants}
            request.permissions = frozenset().union(*(PERMISSIONS[role] for role in request.roles))
            if permission not in request.permissions:
                raise PermissionDenied
            return view(request, **named)

        return guarded

    return guard


def once(view: Any) -> Any:
    """What was sent before is answered as then."""

    @wraps(view)
    def guarded(request: Any, **named: Any) -> HttpResponse:
        if request.method == "POST":
            spent = PostToken.objects.filter(token=request.POST.get("post_token", ""), user=request.user)
            location = spent.values_list("location", flat=True).first()
            if location:
                return redirect(location)
        return view(request, **named)

    return guarded


def layout(request: Any) -> dict[str, Any]:
    """What the layout shows of whoever is signed in."""
    roles: set[str] = getattr(request, "roles", set())
    return {
        "role_label": next((words for role, words in LABELS.items() if role in roles), ""),
        "nav": [
            {"label": words, "href": href, "current": request.path == href}
            for words, href, permission in MENU
            if permission in getattr(request, "permissions", ())
        ],
        "new_token": lambda: secrets.token_urlsafe(32),
    }
