"""What leaves the screen: the board as JSON and as tables."""
