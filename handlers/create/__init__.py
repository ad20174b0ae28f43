"""New videos from words, photos and albums."""
