"""`make audit`: whether a weakness is known in a package of constraints.txt, and whether that could be looked up."""
