"""Floor 4: cases, obligations and clocks, verification, papers, watch on the outlet."""
