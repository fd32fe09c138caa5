"""The newsroom: who writes, what was published where, how it reaches papers and official accounts. Knows no Wagtail."""
