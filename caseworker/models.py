"""Every table, imported in one place so that migrations and tests see the whole."""

from caseworker.accounts import models as accounts
from caseworker.appointments import models as appointments
from caseworker.barriers import models as barriers
from caseworker.care import models as care
from caseworker.casefile import models as casefile
from caseworker.contacts import models as contacts
from caseworker.controllers import models as controllers
from caseworker.core import audit, drafts, files, forms, installation
from caseworker.core.db import Base
from caseworker.courses import models as courses
from caseworker.documents import models as documents
from caseworker.employers import models as employers
from caseworker.enrolments import models as enrolments
from caseworker.events import models as events
from caseworker.impact import models as impact
from caseworker.imports import models as imports
from caseworker.intake import models as intake
from caseworker.lawful import models as lawful
from caseworker.leaving import models as leaving
from caseworker.merging import models as merging
from caseworker.participants import models as participants
from caseworker.plans import models as plans
from caseworker.privacy import models as privacy
from caseworker.programmes import models as programmes
from caseworker.progressions import models as progressions
from caseworker.referrals import models as referrals
from caseworker.retention import models as retention
from caseworker.rights import models as rights
from caseworker.risks import models as risks
from caseworker.safeguarding import models as safeguarding
from caseworker.support import models as support
from caseworker.surveys import models as surveys
from caseworker.visits import models as visits
from caseworker.wellbeing import models as wellbeing

metadata = Base.metadata

__all__ = [
    "accounts",
    "appointments",
    "audit",
    "barriers",
    "care",
    "casefile",
    "contacts",
    "controllers",
    "courses",
    "documents",
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
    "lawful",
    "leaving",
    "merging",
    "metadata",
    "participants",
    "plans",
    "privacy",
    "programmes",
    "progressions",
    "referrals",
    "retention",
    "rights",
    "risks",
    "safeguarding",
    "support",
    "surveys",
    "visits",
    "wellbeing",
]
