"""The help of the Checklist screen."""

from __future__ import annotations

CHECKLIST_HELP = """
At the top is the root cause: the one thing to fix first, with the steps and who takes them. The line \
beneath offers what to do next: go to the field that is wrong, with the suggested value filled in \
where one is known; copy the message to the district; or watch, which runs the failing check again \
every few seconds while the district makes its change, and rings when it passes.

Where the grade book can be read, Write test (B) tries to write to it: it asks for a class and for \
your yes, and removes everything again.

Beneath it are the points to verify before submitting a support case, then every check of the run, \
failures first. Enter on a line opens its details; F1 on it says what its cause means, how it is \
recognized, and who fixes it where. The filter shows only one state.

After a full read the tab Records (D) has every collection with its records, and the rules over all \
of them with their counts. O sorts a table by its next column, V turns the order around, C copies both \
tables, Enter opens a rule.

Copy summary (S) is for a support ticket: verdict, addresses, checklist, and each finding with its \
requests. Copy message (M) is a polite text to the district with only the steps that the district \
has to take. Neither holds a secret or a person's name. Each copy is also written into a file, whose \
path is shown.
"""
