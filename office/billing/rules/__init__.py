"""What a biller would argue about: values alone."""
