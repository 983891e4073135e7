"""Infrastructure as code for the networks of a company's sites."""

__version__ = "0.1.0"
