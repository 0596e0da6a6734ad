"""Lists somebody comes back to: the filters of a caseload, kept under a name of their own."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from caseworker.accounts.models import User
from caseworker.casefile.filters import CaseFilter
from caseworker.casefile.models import SavedFilter
from caseworker.core.db import db, refused_as
from caseworker.core.errors import NotVisible, RuleBroken

MOST = 20
LONGEST_NAME = 60
_LONGEST = 500


def kept_lists(user: User) -> list[SavedFilter]:
    """This user's lists, by name."""
    mine = select(SavedFilter).where(SavedFilter.user_id == user.id, SavedFilter.voided_at.is_(None))
    return list(db.session.scalars(mine.order_by(func.lower(SavedFilter.name), SavedFilter.id)))


def get_list(user: User, saved_id: UUID) -> SavedFilter:
    """One list of this user, deleted or not. Raises NotVisible."""
    kept = db.session.get(SavedFilter, saved_id)
    if kept is None or kept.user_id != user.id:
        raise NotVisible
    return kept


def as_address(wanted: CaseFilter) -> str:
    """The filters and the order as the address has them."""
    return urlencode(sorted(wanted.address().items()), doseq=True)


def filter_of(kept: SavedFilter) -> CaseFilter:
    """Read as an address is: what no longer makes sense is left out."""
    return CaseFilter.read(MultiDict(parse_qsl(kept.filters)))


def keep_list(user: User, name: str, wanted: CaseFilter) -> SavedFilter:
    """Keep these filters under a name; one that was deleted gives its name back.

    Raises RuleBroken for nothing to keep, a name in use, or too much or too many.
    """
    filters = as_address(wanted)
    if not filters:
        raise RuleBroken("Choose a filter or an order first: without one this is the whole caseload")
    if len(filters) > _LONGEST:
        raise RuleBroken("Too much is selected to keep. Take some filters off")
    mine = kept_lists(user)
    if len(mine) >= MOST:
        raise RuleBroken(f"You have {MOST} lists already. Delete one first")
    if any(each.name.lower() == name.lower() for each in mine):
        raise RuleBroken("You have a list of this name. Choose another", "name")
    by_name = select(SavedFilter).where(SavedFilter.user_id == user.id, SavedFilter.name == name)
    kept = db.session.scalar(by_name)
    if kept is None:
        kept = SavedFilter(user_id=user.id, name=name, filters=filters, entered_by_id=user.id)
    kept.filters, kept.voided_at, kept.voided_by_id, kept.void_reason = filters, None, None, None
    taken = RuleBroken("You have a list of this name. Choose another", "name")
    with refused_as(uq_saved_filter_user_id_name=taken):
        db.session.add(kept)
    return kept


def delete_list(kept: SavedFilter, *, by: User, now: datetime) -> None:
    """Take it off the page; `restore_list` puts it back."""
    if kept.voided_at is None:
        kept.voided_at, kept.voided_by_id, kept.void_reason = now, by.id, "deleted"


def restore_list(kept: SavedFilter) -> None:
    """Undo of deleting."""
    kept.voided_at = kept.voided_by_id = kept.void_reason = None
