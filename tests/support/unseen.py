"""What somebody who may not see a case is answered: the same as if there were none."""

import re
from collections.abc import Iterable
from uuid import UUID

from werkzeug.test import TestResponse

from caseworker.accounts.models import User
from caseworker.core.ids import new_id
from tests.support.client import PageClient

FORGERY = re.compile(rb'name="csrf-token" content="([^"]*)"')
TOKENS = re.compile(rb'(name="(?:csrf-token|csrf_token|post_token)" (?:content|value)=)"[^"]*"')


def looks_missing(client: PageClient, user: User, case_id: UUID, paths: Iterable[str]) -> int:
    """Every path of a case answers `user` as it does for a case that does not exist; how many were asked.

    Paths hold the case's key, and are asked with GET and with POST (405 where nothing is ever posted).
    """
    client.sign_in(user)
    asked = 0
    for path in paths:
        nowhere = path.replace(str(case_id), str(new_id()))
        assert nowhere != path
        _same(client.get(path), client.get(nowhere), {404})
        forgery = FORGERY.search(client.get(path).data)
        assert forgery is not None
        data = {"csrf_token": forgery[1].decode()}
        _same(client.post(path, data=data), client.post(nowhere, data=data), {404, 405})
        asked += 1
    return asked


def _same(here: TestResponse, there: TestResponse, told: set[int]) -> None:
    assert here.status_code in told, (here.request.path, here.status_code)
    assert here.status_code == there.status_code, here.request.path
    assert TOKENS.sub(rb"\1", here.data) == TOKENS.sub(rb"\1", there.data), here.request.path
