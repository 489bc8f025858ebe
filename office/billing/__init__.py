"""Money, on an append-only ledger. Never fixes a balance."""
