"""The words, clocks and masks that the screen and the printed page share."""
