"""The help of the Run screen."""

from __future__ import annotations

RUN_HELP = """
The tree shows the checks by stage: each stage with its state and how many of its checks are in it. Stages in order \
are folded; Enter or the right arrow unfolds one. The pane beside or beneath it shows what is under the cursor: what \
happened, the server's own words, what to do, and each request with its status and milliseconds. PgDn and PgUp move \
it. Names, birth dates and secrets are never shown. F1 on a check says what its cause means, how it is recognized, and \
who fixes it.

The first line is the whole run: how much the district shares, and how fast it answers.

A quick run reads the first pages. Every record reads all of them and judges each record, which takes \
minutes in a large district; choose it above the tree, then run again. \
Such a run can also take the steps that Google Classroom, Microsoft School Data Sync, or the certification takes: \
choose whom the district should be ready for.

The checks only read, but for a write test that you ask for. They send one request at a time. \
A check that depends on one that failed is skipped, and says why. A run that is canceled takes no earlier result away.
"""
