"""Employers, vacancies and applications."""

from flask import Blueprint

bp = Blueprint("employers", __name__)
