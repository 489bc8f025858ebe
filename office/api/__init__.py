"""FHIR R4 for other software. Never bypasses an action."""
