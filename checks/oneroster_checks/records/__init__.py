"""Every record of a full read: typed, held against the standard, and kept as rows for the rules over all of them."""
