"""The parts that the wizard's screens are made of."""
