"""Pages of this part."""

from flask import Blueprint

bp = Blueprint("visits", __name__)
