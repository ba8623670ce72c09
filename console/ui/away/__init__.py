"""What changed while nobody touched the console."""
