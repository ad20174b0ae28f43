"""Videos shared by a link or from any chat."""
