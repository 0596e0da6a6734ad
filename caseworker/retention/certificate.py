"""The certificate of an erasure on paper, tagged. It names the record by its reference, never a person."""

from collections.abc import Mapping
from uuid import UUID

from caseworker.core.codes import label
from caseworker.core.formatting import date_uk, when
from caseworker.core.pdf import Report
from caseworker.retention.models import Erasure
from caseworker.retention.words import counted, kept_words


def certificate_page(erasure: Erasure, names: Mapping[UUID, str]) -> bytes:
    """A PDF: what was erased, why, on which basis, by whom, and how it can be checked."""
    reference = erasure.participant.reference
    report = Report(
        title="Certificate of erasure",
        subtitle=f"Record {reference}",
        footer=f"{reference} · certificate {str(erasure.certificate)[:16]}",
    )
    report.cover(contents=False, page_break=False)
    report.definitions(_what(erasure))
    report.heading("How long it was to be kept")
    report.bullets(
        [kept_words(each, names) for each in erasure.basis] or ["No programme of theirs had a rule"]
    )
    report.heading("What was erased")
    report.paragraph(
        "What identified or described the person was removed or emptied, in one transaction. What stays are "
        "codes and dates that figures already published rest on."
    )
    rows = counted(erasure.counts or {})
    report.table(
        ["What", "Rows", "What became of them", "Why"],
        [[what, f"{count:,}", str(became), why] for what, count, became, why in rows],
        caption="Rows by table",
        align=["left", "right", "left", "left"],
        share=[32, 8, 20, 40],
    )
    report.heading("How it can be checked")
    report.definitions(
        [
            ("Head of the audit before it", f"line {erasure.chain_number}, {erasure.chain_link}"),
            ("Digest of this certificate", str(erasure.certificate)),
        ]
    )
    report.note(
        "The digest is SHA-256 over what this page says. Caseworker works it out again on the page of this "
        "certificate, and “caseworker audit verify” walks the whole audit. Copies in backups made earlier "
        "disappear as those run out."
    )
    return report.save()


def _what(erasure: Erasure) -> list[tuple[str, str]]:
    proposer = erasure.proposer.name if erasure.proposer else "not known"
    decider = erasure.decider.name if erasure.decider else "not known"
    return [
        ("Record", erasure.participant.reference),
        ("Erased", when(erasure.erased_at)),
        ("Why", label("erasure_reason", erasure.because)),
        ("To be kept until", date_uk(erasure.keep_until_on) if erasure.keep_until_on else "no day was set"),
        ("Proposed by", f"{proposer}, {date_uk(erasure.proposed_on)}"),
        ("Decided by", f"{decider}, {date_uk(erasure.decided_on) if erasure.decided_on else ''}"),
    ]
