"""The help of the Run screen."""

from __future__ import annotations

RUN_HELP = """
The tree shows the checks by stage: each stage with its state and how many of its checks are in that state. Stages \
without a failure are folded; Enter or the right arrow unfolds one. The pane beside or below it shows what is under \
the cursor: what happened, the server's own words, what to do, and each request with its status and time. PgDn and \
PgUp scroll it. Names, birth dates and secrets are never shown. F1 on a check says what its cause means, how it is \
recognized, and who fixes it.

The first line is the whole run: how much the district shares, and how fast it answers.

A quick run reads the first pages. Every record reads all of them and judges each record, which takes minutes in a \
large district; choose it above the tree, then run again. Such a run can also take the steps that Google Classroom, \
Microsoft School Data Sync, or the certification takes: choose which one the district should be ready for.

The checks only read, except for a write test that you ask for. They send one request at a time. A check that depends \
on one that failed is skipped, and says why. A canceled run leaves earlier results as they were.

Once the checks have run, F follows one student, teacher, class, or grade through, to the first link that is broken.
"""
