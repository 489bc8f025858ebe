"""The visit as it happens: rooms, vitals, instruments. Never keeps a status of its own."""
