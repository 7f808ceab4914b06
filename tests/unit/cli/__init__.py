"""The command line, without its commands being run."""
