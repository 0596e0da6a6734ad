"""Pages of the lawful basis: by programme, and what may be asked."""

from flask import Blueprint

from caseworker.lawful import limits

__all__ = ["limits"]

bp = Blueprint("lawful", __name__, url_prefix="/lawful")
