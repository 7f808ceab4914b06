"""From sources to published versions."""
