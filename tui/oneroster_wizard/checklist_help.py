"""The help of the Checklist screen."""

from __future__ import annotations

CHECKLIST_HELP = """
The box at the top has the root cause: the one thing to fix first, with the steps and who takes them. PgDn shows the \
rest. The line below it offers what to do next: go to the field that is wrong, with the suggested value filled in if \
there is one; copy the message to the district; or watch, which runs the failing check again every few seconds while \
the district makes its change, and rings when it passes.

The number keys open the tabs. 1 has the points to verify before submitting a support case. What only the district can \
see is left open there: ask on the phone, then press Y, N or ?. The answer is kept with its date, and asked for again \
after a month. 2 has every check, failures first; / steps through the states. 3 has every request with what the server \
said, 4 what the district shares, and the last one the earlier runs. After a full read, 5 has the collections and the \
rules over all records; L copies both tables. V sorts a table by its next column, Shift+V reverses the order.

Enter on a line opens its details; F1 on it says what its cause means, how it is recognized, who fixes it, and where.

S copies a summary for a support ticket: verdict, addresses, checklist, and each finding with its requests. M copies a \
message to the district with only the steps for the district; the first time, it asks for the names in it. Shift+M \
copies a second message, in case the first did not help. W writes a report. None of them contains a secret or a \
student's name. Each copy is also written to a file, and its path is shown.

F follows one student, teacher, class, or grade through, to the first link that is broken.

If the grade book can be read, B tries to write to it: it asks for a class and for your yes, and removes everything \
afterward.
"""
