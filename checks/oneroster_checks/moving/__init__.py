"""Moving from one connection of a district to another: who is the same, who is lost, and whether it is safe."""
