"""What left the board with nobody to answer for it, and how somebody does."""
