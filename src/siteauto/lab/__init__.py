"""Simulated devices on loopback addresses that speak the real wire protocols."""
