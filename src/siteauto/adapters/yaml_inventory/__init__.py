"""The company as YAML files: read, checked with every problem at its line, and turned into sites."""
