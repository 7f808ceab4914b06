"""From passages to the text of an answer."""
