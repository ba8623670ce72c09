"""What makes a replay unmistakable, the list of recorded shifts, bookmarks, notes and the debrief."""
