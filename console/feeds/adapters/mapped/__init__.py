"""Any JSON API that a mapping in TOML describes."""
