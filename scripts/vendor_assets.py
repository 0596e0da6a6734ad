# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.61.1", "brotli==1.2.0"]
# ///
"""Fetch the front-end parts we carry, strip what we may not or need not ship, record their hashes.

Run `uv run scripts/vendor_assets.py` from the checkout, only when a version below changes. It needs npm
and the network; nothing else in the project does. `tests/core/test_assets.py` compares the files with
the hashes written to THIRD_PARTY.md.
"""

import hashlib
import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.varLib import instancer

from vendor_css import keep_rules

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "caseworker" / "static" / "vendor"
TEST_VENDOR = ROOT / "tests" / "vendor"

GOVUK, MOJ = "govuk-frontend", "@ministryofjustice/frontend"
INTER, AXE = "@fontsource-variable/inter", "axe-core"
VERSIONS = {GOVUK: "6.6.0", MOJ: "11.1.0", INTER: "5.3.0", AXE: "4.14.1"}
# The MIT packages carry no licence file: these are the notices of their source repositories.
LICENCES = {
    GOVUK: "Copyright (C) 2017 Crown Copyright (Government Digital Service)",
    MOJ: "Copyright (c) 2019 Ministry of Justice\nCopyright (c) 2021 dxw",
}

# Welsh, Irish, Polish, Baltic, Turkish, Romanian and neighbours. The rest of "latin-ext" would be 85 kB.
EXTENDED_LATIN = "U+0100-017F,U+018F,U+0192,U+0218-021B,U+0259,U+1E80-1E85,U+1EF2-1EF3"

DROPPED_PARTS = [
    "govuk-footer__crown", "govuk-footer__copyright-logo", "govuk-cookie-banner", "govuk-exit-this-page",
    "govuk-header", "govuk-password-input", "govuk-accordion", "govuk-phase-banner",
    "govuk-service-navigation",
    "moj-header", "moj-organisation-switcher", "moj-rich-text-editor", "moj-multi-file-upload",
    "moj-datepicker", "moj-multi-select", "moj-cookie-banner", "moj-interruption-card",
    "moj-search-toggle",
    "moj-password-reveal", "moj-primary-navigation", "moj-messages", "moj-message", "moj-button-menu",
    "moj-add-another", "moj-side-navigation", "moj-progress-bar", "moj-ticket-panel",
]  # fmt: skip


def fetch(package: str, into: Path) -> dict[str, bytes]:
    """The files of one npm package by path inside it, from the registry npm is set to use."""
    spec = f"{package}@{VERSIONS[package]}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", spec], cwd=into, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    with tarfile.open(into / packed) as archive:
        members = [member for member in archive if member.isfile()]
        return {m.name.removeprefix("package/"): archive.extractfile(m).read() for m in members}  # type: ignore[union-attr]


def styles(raw: bytes) -> bytes:
    """A vendor style sheet without the licensed typeface, crests, unused parts, data addresses, maps."""
    css = raw.decode().removeprefix("\ufeff").replace('@charset "UTF-8";', "")
    css = re.sub(r"/\*#.*?\*/", "", css)
    css = re.sub(r"@font-face\{[^}]*\}", "", css).replace("GDS Transport", "Inter")
    css = keep_rules(css, DROPPED_PARTS)
    css = css.replace("url(/assets/images/", "url(images/")
    # Our pages are set in 16 px at every width; the packages grow to 19 px on wide screens.
    css = css.replace("font-size:1.1875rem;line-height:1.3157894737", "font-size:1rem;line-height:1.5")
    return css.encode()


def script(raw: bytes) -> bytes:
    return re.sub(rb"//# sourceMappingURL=.*\s*$", b"\n", raw)


def font(raw: bytes, letters: str = "") -> bytes:
    """The weights our pages use, 400 to 700, and of the extended file only the letters named."""
    options = subset.Options(flavor="woff2", layout_features=["*"])
    cut = subset.load_font(io.BytesIO(raw), options)
    if letters:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(letters.replace("U+", "")))
        cutter.subset(cut)
    cut = instancer.instantiateVariableFont(cut, {"wght": (400, 700)})
    cut.recalcTimestamp = False  # else the bytes differ at every run
    out = io.BytesIO()
    subset.save_font(cut, out, options)
    return out.getvalue()


def build(parts: dict[str, dict[str, bytes]]) -> dict[Path, tuple[str, bytes]]:
    govuk, moj, inter, axe = (parts[name] for name in (GOVUK, MOJ, INTER, AXE))
    latin = font(inter["files/inter-latin-wght-normal.woff2"])
    extended = font(inter["files/inter-latin-ext-wght-normal.woff2"], EXTENDED_LATIN)
    files = {
        VENDOR / "govuk-frontend.min.css": (GOVUK, styles(govuk["dist/govuk/govuk-frontend.min.css"])),
        VENDOR / "govuk-frontend.min.js": (GOVUK, script(govuk["dist/govuk/govuk-frontend.min.js"])),
        VENDOR / "moj-frontend.min.css": (MOJ, styles(moj["moj/moj-frontend.min.css"])),
        VENDOR / "inter-latin.woff2": (INTER, latin),
        VENDOR / "inter-extended.woff2": (INTER, extended),
        TEST_VENDOR / "axe.min.js": (AXE, axe["axe.min.js"]),
    }
    sheets = b"".join(data for path, (_, data) in files.items() if path.suffix == ".css").decode()
    for name in sorted(set(re.findall(r"url\(images/([\w-]+\.svg)\)", sheets))):
        files[VENDOR / "images" / name] = (MOJ, moj[f"moj/assets/images/{name}"])
    return files


def third_party(files: dict[Path, tuple[str, bytes]], parts: dict[str, dict[str, bytes]]) -> str:
    mit = (ROOT / "scripts" / "licence_mit.txt").read_text()
    lines = [
        "# Third-party files carried in this repository",
        "",
        "Written by `scripts/vendor_assets.py`; change the versions there, not this page. Removed from the",
        "packages: the GDS Transport typeface, crests, crowns and logos, source maps, and parts that no page",
        "uses. `axe.min.js` is for tests only and is not in the wheel.",
        "",
        "| file | from | version | licence | sha256 |",
        "|---|---|---|---|---|",
    ]
    licence = {GOVUK: "MIT", MOJ: "MIT", INTER: "OFL-1.1", AXE: "MPL-2.0"}
    for path, (package, data) in files.items():
        digest = hashlib.sha256(data).hexdigest()
        where = path.relative_to(ROOT).as_posix()
        lines.append(f"| `{where}` | {package} | {VERSIONS[package]} | {licence[package]} | `{digest}` |")
    for path in sorted((ROOT / "caseworker" / "core" / "fonts").glob("*.ttf")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"| `{path.relative_to(ROOT).as_posix()}` | inter-ui | 4.1.1 | OFL-1.1 | `{digest}` |")
    lines += [
        "",
        "The two `.woff2` files are our own cuts: weights 400 to 700, and the extended letters we need.",
        "The two `.ttf` files are for reports: `caseworker/core/fonts/README.md` says how they were made.",
        "",
    ]
    for package, holder in LICENCES.items():
        lines += [f"## {package} {VERSIONS[package]} (MIT)", "", "```", holder, "", mit.strip(), "```", ""]
    for package, file in ((INTER, "LICENSE"), (AXE, "LICENSE-3RD-PARTY.txt"), (AXE, "LICENSE")):
        text = "\n".join(line.rstrip() for line in parts[package][file].decode().strip().splitlines())
        lines += [f"## {package} {VERSIONS[package]} ({file})", "", "```", text, "```", ""]
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        parts = {package: fetch(package, Path(folder)) for package in VERSIONS}
    files = build(parts)
    for carried in (VENDOR, TEST_VENDOR):
        shutil.rmtree(carried, ignore_errors=True)
    for path, (_, data) in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{len(data):>9,}  {path.relative_to(ROOT)}")
    (ROOT / "THIRD_PARTY.md").write_text(third_party(files, parts))


if __name__ == "__main__":
    main()
