"""The composition root: settings in, ports out. The only place that knows which adapter stands behind which port."""
