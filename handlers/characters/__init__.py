"""Characters: saved, listed, removed."""
