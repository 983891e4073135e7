"""Infrastructure as code for the networks of a company's sites."""
