"""Nothing committed knows the machine it was written on."""

import re

from tests.architecture.sources import ROOT, tracked

MACHINE = re.compile(
    "|".join(
        [
            "/" + r"(?:work|tmp|root)/",
            r"/" + r"home/[a-z]",
            r"pypi\." + "org",
            r"python" + r"hosted\.",
            r"npm" + r"js\.",
            r"registry\.(?:npm|yarn)",
        ]
    )
)
BINARY = {".woff2", ".ttf", ".png", ".jpg", ".ico", ".gz", ".pdf", ".xlsx"}
OTHERS_WORDS = {"tests/vendor/axe.min.js"}


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    looked, found = 0, []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in BINARY or name in OTHERS_WORDS or name.startswith("caseworker/static/vendor/"):
            continue
        looked += 1
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE.search(line):
                found.append(f"{name}:{number}")
    assert looked >= 50
    assert found == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    for name in ("run", "test"):
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        pins = [line for line in lines if re.match(r"[a-z0-9]", line)]
        assert len(pins) >= 25
        assert all("==" in pin and pin.endswith("\\") for pin in pins)
        assert not [line for line in lines if "://" in line or line.startswith(("#", "--index", "-i", "-f"))]


def test_what_the_tests_install_is_what_runs() -> None:
    def pins(name: str) -> dict[str, str]:
        found = re.findall(
            r"^([a-z0-9._-]+)==(\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.M
        )
        return dict(found)

    run, test = pins("run"), pins("test")
    assert {name: test.get(name) for name in run} == run
