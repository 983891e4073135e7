"""Values and pure functions. Opens nothing, prints nothing, reads no clock."""
