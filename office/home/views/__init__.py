"""Pages that compose areas."""
