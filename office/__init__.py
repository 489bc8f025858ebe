"""The office's work, one app per area. Imports go down only; see ARCHITECTURE.md."""
