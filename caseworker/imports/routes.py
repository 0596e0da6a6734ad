"""Reading a caseload in from one sheet."""

from flask import Blueprint

bp = Blueprint("imports", __name__)
