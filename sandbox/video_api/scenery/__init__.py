"""Landscapes drawn from the words of a prompt: what a practice clip shows."""
