"""Whole collections read from servers of every kind."""
