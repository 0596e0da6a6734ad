"""Pages of this part."""

from flask import Blueprint

bp = Blueprint("documents", __name__)
