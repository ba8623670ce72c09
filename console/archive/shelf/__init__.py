"""What stands in an archive: which shifts there are, what they are made of, and what of them is missing."""
