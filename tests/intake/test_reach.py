"""One rule says whether somebody may be reached in a way, for every flag and every way there is."""

import itertools
from types import SimpleNamespace
from typing import Any

import pytest

from caseworker.core.codes import codes
from caseworker.participants.rules import Reach, reach

FLAGS = ("no_voicemail", "no_texts", "no_letters", "no_emails")
WAYS = [*(code.code for code in codes("contact_channel")), "voicemail", "print"]
FORBIDS = {
    "no_voicemail": {"voicemail"},
    "no_texts": {"text", "messaging_app"},
    "no_letters": {"letter"},
    "no_emails": {"email"},
}


def somebody(*flags: str, safe_times: str | None = None) -> Any:
    return SimpleNamespace(**dict.fromkeys(FLAGS, False) | dict.fromkeys(flags, True), safe_times=safe_times)


@pytest.mark.parametrize("way", WAYS)
def test_without_a_flag_every_way_is_open(way: str) -> None:
    assert reach(somebody(), way) == Reach(True, None)


@pytest.mark.parametrize("flags", [c for n in range(1, 5) for c in itertools.combinations(FLAGS, n)])
def test_each_flag_forbids_its_ways_and_no_other(flags: tuple[str, ...]) -> None:
    forbidden = set().union(*(FORBIDS[flag] for flag in flags))
    for way in WAYS:
        found = reach(somebody(*flags), way)
        assert found.allowed == (way not in forbidden), way
        assert found.allowed or found.warning


def test_what_is_allowed_may_need_care() -> None:
    assert reach(somebody("no_voicemail"), "telephone") == Reach(
        True, "Never leave a message on their telephone"
    )
    careful = somebody("no_voicemail", "no_letters", safe_times="Mon to Wed, 10 to 2")
    assert reach(careful, "telephone").warning == (
        "Never leave a message on their telephone. Only at safe times: Mon to Wed, 10 to 2"
    )
    assert reach(careful, "print") == Reach(True, "Hand it over yourself: never post anything to them")
    assert reach(careful, "text").warning == "Only at safe times: Mon to Wed, 10 to 2"
    assert reach(careful, "face_to_face") == Reach(True, None)
