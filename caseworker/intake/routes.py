"""Referral and what is asked at the beginning."""

from flask import Blueprint

bp = Blueprint("intake", __name__)
