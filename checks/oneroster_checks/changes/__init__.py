"""What changed between the runs of one connection, and what will end soon."""
