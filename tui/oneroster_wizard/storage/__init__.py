"""What outlives the program: profile files, results of runs, and secrets in the keyring of this computer."""
