"""Pages of this part."""

from flask import Blueprint

bp = Blueprint("rights", __name__)
