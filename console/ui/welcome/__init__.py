"""The page that a console without a configuration opens on: three ways to a board."""
