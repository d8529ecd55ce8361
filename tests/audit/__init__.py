"""`make audit`: whether a known weakness is in one of the packages of constraints.txt, and whether anybody could tell."""
