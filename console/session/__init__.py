"""The loop that makes the board move: a clock, a source, a store. No Qt."""
