"""A hostile server: the practice district answers, and what it says is spoiled on its way to the socket.

`case.py` is one run as data, made from a seed or by hypothesis; `sent.py` one answer byte by byte; `lines.py`,
`headers.py`, `framing.py`, `codings.py`, `bodies.py`, `values.py`, `shapes.py`, `tokens.py`, `redirects.py` and
`planted.py` hold the mutations, gathered in `mutations.py`. `server.py` is the server, `base.py` the district behind
it; `run.py` runs a case, `judge.py` and `pages.py` hold what comes out against the rules. `python -m tests.fuzz
--seed N` runs one case again, with its trace.
"""
