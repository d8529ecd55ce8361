"""HTTP: one session with its limits, its retries and its evidence, and the probe of a host.

It knows nothing of OneRoster and OAuth, and is the only room that knows the HTTP library, which is loaded
with the session. The way in:

- `Session.send` sends one request and gives an `Answer`, which holds a `Failure` where no whole answer came;
  `Session.retries` sends again what may pass, and gives the `TransientError`s that it overcame.
- `reach` opens a connection without a request, to tell the name, the port and TLS apart.
- `as_sent` is the address exactly as it is sent, for a signature over it.

What it needs of the engine is handed in: a `Redaction`, a listener of the evidence, a clock.
"""
