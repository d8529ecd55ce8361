"""The help of the Checklist screen."""

from __future__ import annotations

CHECKLIST_HELP = """
The frame at the top has the root cause: the one thing to fix first, with the steps and who takes them. PgDn shows \
what has no room. The line beneath offers what to do next: go to the field that is wrong, with the suggested value \
filled in where one is known; copy the message to the district; or watch, which runs the failing check again every \
few seconds while the district makes its change, and rings when it passes.

The digits go to the tabs. 1 has the points to verify before submitting a support case. What only the district can \
see is open there: ask on the phone, then press Y, N or ?. The answer is kept with its day, and asked again after a \
month. 2 has every check, failures first; / shows one state after the other. 3 has every request with what the server \
said, 4 what the district shares, and the last one the earlier runs. After a full read, 5 has the collections and the \
rules over all records; L copies both tables. V sorts a table by its next column, Shift+V turns the order around.

Enter on a line opens its details; F1 on it says what its cause means, how it is recognized, and who fixes it where.

S copies a summary for a support ticket: verdict, addresses, checklist, and each finding with its requests. M copies a \
message to the district with only the steps that the district has to take; the first time it asks for the names in it. \
Shift+M copies a second message, for when the first did not help. W writes a report. None of them holds a secret or a \
student's name. Each copy is also written into a file, whose path is shown.

Where the grade book can be read, B tries to write to it: it asks for a class and for your yes, and removes \
everything again.
"""
