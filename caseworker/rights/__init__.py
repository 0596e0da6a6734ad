"""Rights of the person in the record: access, correction, restriction, objection, wrong person."""
