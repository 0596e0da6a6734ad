"""A person's file between a form, the store and the browser: chosen, kept, handed out again."""

from io import BytesIO
from uuid import UUID

from flask import Response, send_file

from caseworker.core.errors import NotVisible
from caseworker.core.fields import FileField
from caseworker.core.files import StoredFile, read_file, store_file


def keep_chosen(field: FileField, participant_id: UUID, by_id: UUID) -> UUID | None:
    """The key of the one file somebody chose, now kept; None for none."""
    for sent in field.data or []:
        return store_file(participant_id, sent.name, sent.media_type, sent.content, by_id).id
    return None


def as_attachment(stored: StoredFile | None, name: str) -> Response:
    """The file to keep, never to show in the browser. Raises NotVisible for none.

    `name` has no ending: it comes from what is in the file, not from what somebody called it.
    """
    if stored is None:
        raise NotVisible
    ending = stored.kind.rsplit("/", 1)[-1]
    answer = send_file(
        BytesIO(read_file(stored)), stored.kind, as_attachment=True, download_name=f"{name}.{ending}"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
