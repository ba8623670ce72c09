"""Contract and end-to-end tests of NENA EIDO documents."""
