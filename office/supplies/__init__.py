"""What the office keeps in stock. Never counts what it cannot trace to a movement."""
