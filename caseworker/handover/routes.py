"""Handing cases over, for good, for a while, or to a team."""

from flask import Blueprint

bp = Blueprint("handover", __name__)
