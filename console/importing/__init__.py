"""Past shifts from files into the archive, as the events they would have been."""
