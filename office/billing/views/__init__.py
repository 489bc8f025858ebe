"""The screens of billing."""
