"""Pages of this part."""

from flask import Blueprint

bp = Blueprint("care", __name__)
