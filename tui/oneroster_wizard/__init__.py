"""The face of oneroster-wizard: the command line and the wizard."""
