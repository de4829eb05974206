"""Names of places and persons."""
