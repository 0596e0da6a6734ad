"""Pages of this part."""

from flask import Blueprint

bp = Blueprint("controllers", __name__)
