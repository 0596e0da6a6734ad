"""Static files: hashed names for far-future caching, compressed once when the application starts.

Nothing is written to disk, so a read-only folder or an installed wheel serves the same bytes. Addresses
inside style sheets and scripts are rewritten to the hashed names, leaves first.
"""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

from caseworker.core import addresses

STATIC = Path(__file__).resolve().parent.parent / "static"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
COMPRESSED = {".css", ".js", ".svg"}
BUNDLES = {"theme.css": "theme"}
"""One file served for the sheets of a folder, joined in the order of their names."""

REFERENCE = {
    ".css": re.compile(r"(?P<before>url\()(?P<name>[\w./-]+)(?P<after>\))"),
    ".js": re.compile(r"""(?P<before>\bfrom\s*["'])(?P<name>\.{1,2}/[\w./-]+)(?P<after>["'])"""),
}


@dataclass(frozen=True)
class Asset:
    """One static file as served: `plain` bytes, and `packed` (gzip) where that is smaller."""

    served_name: str
    content_type: str
    plain: bytes
    packed: bytes | None


class UnknownAsset(LookupError):
    """A template or a style sheet names a static file that does not exist."""


def load_assets(folder: Path = STATIC) -> dict[str, Asset]:
    """Every static file under `folder` by its plain name, like `theme.css` or `vendor/inter-latin.woff2`.

    Raises UnknownAsset when a sheet or script refers to a file that is not there, or to itself in a circle.
    """
    sources = _sources(folder)
    loaded: dict[str, Asset] = {}
    for name in sources:
        _load(name, sources, loaded, ())
    return loaded


def _sources(folder: Path) -> dict[str, bytes]:
    sources = {}
    bundled = set(BUNDLES.values())
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in CONTENT_TYPES and name.split("/")[0] not in bundled:
            sources[name] = path.read_bytes()
    for name, part in BUNDLES.items():
        sources[name] = b"\n".join(path.read_bytes() for path in sorted((folder / part).glob("*.css")))
    return sources


def _load(name: str, sources: Mapping[str, bytes], loaded: dict[str, Asset], above: tuple[str, ...]) -> Asset:
    if name in loaded:
        return loaded[name]
    if name not in sources or name in above:
        raise UnknownAsset(f"{name}, wanted by {above[-1] if above else 'a page'}")
    stem, suffix = posixpath.splitext(name)
    body = sources[name]
    if suffix in REFERENCE:

        def hashed(match: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["name"]))
            served = _load(target, sources, loaded, (*above, name)).served_name
            folder, slash, _ = match["name"].rpartition("/")
            return match["before"] + folder + slash + posixpath.basename(served) + match["after"]

        body = REFERENCE[suffix].sub(hashed, body.decode()).encode()
    served_name = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}{suffix}"
    packed = gzip.compress(body, 9, mtime=0) if suffix in COMPRESSED else None
    if packed is not None and len(packed) >= len(body):
        packed = None
    loaded[name] = Asset(served_name, CONTENT_TYPES[suffix], body, packed)
    return loaded[name]


def install(app: Flask, folder: Path = STATIC) -> None:
    """Serve the static files at `/static/…` and give templates `asset('theme.css')`.

    The application must be made with `static_folder=None`, so that this is its only `static` endpoint.
    """
    by_name = load_assets(folder)
    remembered = addresses.remembering(app)
    by_served_name = {asset.served_name: asset for asset in by_name.values()}

    def asset_url(name: str) -> str:
        if name not in by_name:
            raise UnknownAsset(name)
        return remembered("static", filename=by_name[name].served_name)

    def serve(filename: str) -> Response:
        asset = by_served_name.get(filename) or abort(404)
        return _response(asset)

    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=serve, methods=["GET"])
    app.jinja_env.globals["asset"] = asset_url


def _response(asset: Asset) -> Response:
    wants_packed = request.accept_encodings.quality("gzip") > 0
    body = asset.packed if asset.packed is not None and wants_packed else asset.plain
    response = Response(body, content_type=asset.content_type)
    if body is asset.packed:
        response.headers["Content-Encoding"] = "gzip"
    if asset.packed is not None:
        response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = 365 * 24 * 3600
    response.cache_control.immutable = True
    return response
