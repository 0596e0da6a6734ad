"""Every feature's pages, in one list."""

from flask import Flask

from caseworker.accounts import drafts_routes, own_routes
from caseworker.accounts import routes as accounts
from caseworker.appointments import calendar_routes as appointments
from caseworker.barriers import routes as barriers
from caseworker.casefile import (
    chronology_routes,
    composer_routes,
    list_routes,
    office_routes,
    pause_routes,
    search_routes,
)
from caseworker.casefile import routes as casefile
from caseworker.contacts import message_routes
from caseworker.core import health
from caseworker.courses import completion_routes as courses
from caseworker.employers import application_routes as applications
from caseworker.employers import vacancy_routes as employers
from caseworker.handover import chosen_routes as handover
from caseworker.impact import routes as impact
from caseworker.imports import routes as imports
from caseworker.intake import checking_routes as intake
from caseworker.leaving import routes as leaving
from caseworker.merging import routes as merging
from caseworker.outcomes import routes as outcomes
from caseworker.plans import routes as plans
from caseworker.programmes import routes as programmes
from caseworker.progressions import evidence_routes as progressions
from caseworker.reports import routes as reports
from caseworker.support import lead_routes as support_leads
from caseworker.support import routes as support
from caseworker.wellbeing import handed_routes as handed
from caseworker.wellbeing import routes as wellbeing


def register(app: Flask) -> None:
    for blueprint in (
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
        outcomes.bp,
        impact.bp,
        reports.bp,
    ):
        app.register_blueprint(blueprint)
