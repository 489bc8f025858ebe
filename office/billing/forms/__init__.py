"""What people type about billing."""
