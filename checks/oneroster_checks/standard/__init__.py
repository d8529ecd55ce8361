"""OneRoster as data: operations, fields, scopes, addresses, envelopes and errors."""
