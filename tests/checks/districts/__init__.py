"""A table of broken, odd and healthy districts on servers that share no code with the practice district.

The server is `tests/servers`; `replies.py` names what servers have been seen to say, `records.py` is the data,
`policies.py` how they judge scopes, `gateways.py` what stands in between, `versions.py` how they show another version;
`district.py` puts a shape, the data and its faults together, `row.py` judges one line of the table. The tables
stand in `test_*.py`, one file a stage.
"""
