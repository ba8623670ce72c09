"""Small pieces that several panels share: texts of time and masks, labels, chips, notices."""
