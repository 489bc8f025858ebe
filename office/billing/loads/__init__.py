"""Balances as the old system's tables have them."""
