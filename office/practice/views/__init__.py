"""The practice's screens: its places, and the set-up of an office."""
