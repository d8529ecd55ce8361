"""The version of the program."""

__version__ = "0.1.0"
# How a run names itself to a server, and so do the commands that repeat its requests.
USER_AGENT = f"oneroster-wizard/{__version__}"
