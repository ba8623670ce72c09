"""How everything looks: tokens, words, sizes, shapes and type, as values and as one style sheet."""
