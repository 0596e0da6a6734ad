"""Every code in the demonstration is in the list its column names."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.models import metadata

pytestmark = pytest.mark.demonstration

NAMED = re.compile(r"[Cc]ode list ([a-z_0-9]+)")


def test_every_code_is_in_its_list(app: Flask) -> None:
    listed = [
        (column, found[1])
        for table in metadata.sorted_tables
        for column in table.columns
        if (found := NAMED.search(column.comment or ""))
    ]
    assert len(listed) >= 15
    strangers, filled = [], 0
    with app.app_context():
        for column, name in listed:
            known = {code.code for code in codes(name)}
            values = {value for value in db.session.scalars(select(column).distinct()) if value is not None}
            filled += bool(values)
            strangers += [
                f"{column}: {value!r} is not in {name}"
                for value in sorted(map(str, values))
                if value not in known
            ]
    assert strangers == []
    assert filled >= 10
