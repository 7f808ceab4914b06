"""Documents read in processes apart: what one does to its reader ends there."""
