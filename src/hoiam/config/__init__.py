"""Top: settings, addresses and the `hoiam` command line."""
