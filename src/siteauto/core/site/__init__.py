"""Sites as values: names, addresses, ports and cables, and the rules that an inventory must keep."""
