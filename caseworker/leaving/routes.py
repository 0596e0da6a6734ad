"""Leaving a programme, and coming back."""

from flask import Blueprint

bp = Blueprint("leaving", __name__)
