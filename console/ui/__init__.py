"""The desktop: panels that watch slices of the board and draw them. No I/O, nothing is awaited."""
