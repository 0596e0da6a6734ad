"""Pages of this part."""

from flask import Blueprint

bp = Blueprint("lawful", __name__)
