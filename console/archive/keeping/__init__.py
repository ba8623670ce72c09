"""What is kept of an archive and for how long: holds, retention, and removal that leaves nothing behind."""
