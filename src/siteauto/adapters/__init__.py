"""What touches the world: one third-party library, program or part of the system per file."""
