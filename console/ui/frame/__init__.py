"""The window around the panels: docks, banner, status line, keys, command bar, layout."""
