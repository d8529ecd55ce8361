"""What single consumers ask of a server, step by step; every step is a finding, and none ends the run."""
