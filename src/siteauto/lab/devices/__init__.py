"""Simulated devices, one module or package per platform name.

Each has `build(spec: DeviceSpec) -> SimulatedDevice`. They are found by listing this folder.
"""
