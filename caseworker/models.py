"""Every table, imported in one place so that migrations and tests see the whole."""

from caseworker.accounts import models as accounts
from caseworker.appointments import models as appointments
from caseworker.barriers import models as barriers
from caseworker.casefile import models as casefile
from caseworker.contacts import models as contacts
from caseworker.core import audit, drafts, files, forms, installation
from caseworker.core.db import Base
from caseworker.courses import models as courses
from caseworker.employers import models as employers
from caseworker.enrolments import models as enrolments
from caseworker.events import models as events
from caseworker.impact import models as impact
from caseworker.imports import models as imports
from caseworker.intake import models as intake
from caseworker.leaving import models as leaving
from caseworker.merging import models as merging
from caseworker.participants import models as participants
from caseworker.plans import models as plans
from caseworker.programmes import models as programmes
from caseworker.progressions import models as progressions
from caseworker.support import models as support
from caseworker.surveys import models as surveys
from caseworker.wellbeing import models as wellbeing

metadata = Base.metadata

__all__ = [
    "accounts",
    "appointments",
    "audit",
    "barriers",
    "casefile",
    "contacts",
    "courses",
    "drafts",
    "employers",
    "enrolments",
    "events",
    "files",
    "forms",
    "impact",
    "imports",
    "installation",
    "intake",
    "leaving",
    "merging",
    "metadata",
    "participants",
    "plans",
    "programmes",
    "progressions",
    "support",
    "surveys",
    "wellbeing",
]
