"""The practice, its locations, rooms and workstations. Never holds people."""
