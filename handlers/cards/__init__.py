"""The card that shows what would be made, before anything is spent."""
