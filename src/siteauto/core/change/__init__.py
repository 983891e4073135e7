"""Changes: plans, their candidates, and the rules of a transaction over a whole site."""
