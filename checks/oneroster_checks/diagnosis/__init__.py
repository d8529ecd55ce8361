"""From checks to a verdict: their plan, the run that streams what happens, the root cause and the checklist."""
