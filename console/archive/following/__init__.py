"""Another recorder's log, followed live: its board here, at most half a second later."""
