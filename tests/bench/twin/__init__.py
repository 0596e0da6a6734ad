"""A minimal Django application that does the same work as three of our pages, to measure them beside it.

It is written as a good Django project would be: models, forms, the ORM, templates, middleware; one query
for each thing a page shows, `select_related` and `only` where they help, nothing asked once per row.

What it does, as ours does:
* signs people in by a row that can be ended, after 30 minutes idle or 12 hours, and notes the use once a
  minute; roles are dated grants on a programme, and say what one may open;
* opens a case only through dated access rows, and a restricted record only to those it names;
* seals notes and free text with AES-GCM, and writes an audit row for each change and each look, chained by
  HMAC, in the transaction of the work or before the page leaves;
* takes a form once (a post token that keeps its first answer), checks the version of the record it changes,
  drops the draft of the form, offers Undo;
* the contact form has every field of ours, choices from the same code lists, and the same rules between
  fields; a contact counts or was corrected, moves the day the next is due by the same pure rules (clock,
  ladder of attempts, least contact, pauses), and keeps what was saved in one go with it;
* the caseload counts and shows status, quiet, last contact, last attempt and next step, with the filter's
  counts, saved lists, sort links and ticks for bulk actions; the case page shows its newest entries from
  thirteen kinds of record, all cards of ours, the ladder, what was not asked yet, who may see it and who
  looked; both in our layout, with words that go through translation; headers and a log line for each answer.

What it leaves out, to its advantage: a caseload is read whole and counted in Python, which serves forty
people and not a lead of thousands; so is a case's history. Notes are sealed under one name instead of each
under its own row, keys are whole numbers, a dozen rarer kinds of entry are missing, and so are organisations
above programmes, cohorts, the way in through an appointment, days typed in words ("next tue"), retries when
the database is busy, a refusal by the database turned into words, and most pages that its links lead to.
"""
