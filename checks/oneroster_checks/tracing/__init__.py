"""Follows one record through: from a person, a class or a grade to everything that a consumer needs of it."""
