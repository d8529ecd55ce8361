"""Tests of what outlives the program: the history of the runs."""
