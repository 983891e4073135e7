"""A simulated Catalyst switch or Catalyst 9800 controller."""
