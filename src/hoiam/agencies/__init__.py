"""Floor 2: agencies through time, officials and posts; press agencies, channels, reporters."""
