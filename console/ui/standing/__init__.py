"""What the standing alarms of a call or a unit say on its row, its card and its pin."""
