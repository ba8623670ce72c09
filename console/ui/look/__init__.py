"""What the person at this workstation looks at, and with which theme ready to paint."""
