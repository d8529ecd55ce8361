"""What changed between runs, and what ends soon."""
