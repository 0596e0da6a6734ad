"""Pages of this part."""

from flask import Blueprint

bp = Blueprint("risks", __name__)
