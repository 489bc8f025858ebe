"""Pages that compose areas: what needs me now, failed jobs, health. Never keeps records."""
