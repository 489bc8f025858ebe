"""Every conversation with the outside, in and out. Never advises."""
