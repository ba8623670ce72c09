"""A real past shift from the open data of a fire department, turned into a timeline that can be served."""
