"""What is likely next: when teams clear, for which waiting call in time, and how often that was right."""
