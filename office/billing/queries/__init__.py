"""Reading what billing keeps."""
