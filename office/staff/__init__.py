"""The people who work here, how they sign in and what each may do. Never holds patients."""
