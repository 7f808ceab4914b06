"""Who may do and read what: keys, roles, clearances and groups, as pure rules."""
