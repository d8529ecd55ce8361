"""The client of a OneRoster service: how requests are authorized, sent, and their answers read.

It knows the standard and OAuth, and no check. The way in, all over one `http.Session` and one `Target`:

- `DataClient` asks for collections and records and gives `Reading`s, each with its `Kind`; its `authorizer`
  is a `Bearer` token, a `Signed` request of OAuth 1, or `Anonymous`.
- `TokenClient` sends one token request in a `TokenForm` and gives a `TokenAnswer` with its `TokenMeaning`.

Which forms are tried, and what an answer means for the diagnosis, is for the stages.
"""
