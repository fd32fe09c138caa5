"""From rows of the rooms to the values the desk's parts draw."""
