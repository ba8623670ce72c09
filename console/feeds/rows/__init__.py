"""From values to rows: what decodes, what is mended, what is left out and counted, what changed."""
