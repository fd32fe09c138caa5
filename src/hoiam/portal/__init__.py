"""What the public sees: pages without signing in, plain Django until the content system comes under `/`."""
