"""What an operator can ask for: ports strung together, short enough to read aloud."""
