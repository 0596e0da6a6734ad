"""Every feature's pages, in one list."""

from flask import Flask

from caseworker.accounts import drafts_routes, own_routes
from caseworker.accounts import routes as accounts
from caseworker.appointments import calendar_routes as appointments
from caseworker.barriers import routes as barriers
from caseworker.casefile import care_routes as care
from caseworker.casefile import (
    chronology_routes,
    composer_routes,
    list_routes,
    office_routes,
    pause_routes,
    search_routes,
)
from caseworker.casefile import risk_routes as risks
from caseworker.casefile import routes as casefile
from caseworker.contacts import message_routes
from caseworker.controllers import link_routes as controllers
from caseworker.core import health
from caseworker.courses import learner_routes as courses
from caseworker.documents import routes as documents
from caseworker.employers import application_routes as applications
from caseworker.employers import vacancy_routes as employers
from caseworker.handover import chosen_routes as handover
from caseworker.impact import routes as impact
from caseworker.imports import routes as imports
from caseworker.intake import stop_routes as intake
from caseworker.lawful import notice_routes as lawful
from caseworker.leaving import routes as leaving
from caseworker.merging import routes as merging
from caseworker.outcomes import routes as outcomes
from caseworker.plans import routes as plans
from caseworker.privacy import pack_routes as privacy_pack
from caseworker.privacy import routes as privacy
from caseworker.programmes import routes as programmes
from caseworker.progressions import evidence_routes as progressions
from caseworker.referrals import routes as referrals
from caseworker.reports import routes as reports
from caseworker.retention import tombstone as retention
from caseworker.rights import mending_routes as rights_answers
from caseworker.rights import moving_routes as moving
from caseworker.rights import routes as rights
from caseworker.ruling import routes as ruling
from caseworker.safeguarding import step_routes as safeguarding
from caseworker.support import lead_routes as support_leads
from caseworker.support import routes as support
from caseworker.visits import routes as visits
from caseworker.wellbeing import handed_routes as handed
from caseworker.wellbeing import routes as wellbeing

EVERY = (
    health.bp,
    casefile.bp,
    chronology_routes.bp,
    search_routes.bp,
    list_routes.bp,
    appointments.bp,
    composer_routes.meetings,
    pause_routes.bp,
    office_routes.bp,
    composer_routes.bp,
    message_routes.bp,
    intake.bp,
    imports.bp,
    merging.bp,
    handover.bp,
    leaving.bp,
    support.bp,
    support_leads.bp,
    employers.bp,
    applications.bp,
    courses.bp,
    wellbeing.bp,
    handed.bp,
    progressions.bp,
    progressions.office,
    plans.bp,
    barriers.bp,
    accounts.bp,
    own_routes.bp,
    drafts_routes.bp,
    programmes.bp,
    ruling.bp,
    outcomes.bp,
    impact.bp,
    reports.bp,
    care.bp,
    controllers.bp,
    documents.bp,
    documents.office,
    lawful.bp,
    privacy.bp,
    privacy_pack.bp,
    referrals.bp,
    retention.bp,
    rights.bp,
    rights_answers.bp,
    moving.bp,
    risks.bp,
    safeguarding.bp,
    visits.bp,
)


def register(app: Flask) -> None:
    for blueprint in EVERY:
        app.register_blueprint(blueprint)
