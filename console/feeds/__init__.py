"""From an existing dispatch API to events: polls, adapters, feed health. No Qt."""
