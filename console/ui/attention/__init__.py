"""What needs a person's eye now, and what a person does about it by hand."""
