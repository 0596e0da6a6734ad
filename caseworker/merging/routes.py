"""Making two records of one person one."""

from flask import Blueprint

bp = Blueprint("merging", __name__)
