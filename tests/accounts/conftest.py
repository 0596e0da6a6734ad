"""The trial application of the core's tests, for drafts: any form will do."""

from tests.core.conftest import trial

__all__ = ["trial"]
