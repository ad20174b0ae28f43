"""What every request goes through, whichever feature it comes from."""
