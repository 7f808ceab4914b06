"""Pure tests, mirroring the packages."""
