"""Documents that try to steer the answer, hide something or carry data away."""
