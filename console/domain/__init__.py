"""What a supervisor talks about, as pure values and functions: standard library and msgspec only."""
