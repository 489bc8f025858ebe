"""Staff's screens: who works here, one's own account, one's place of work."""
