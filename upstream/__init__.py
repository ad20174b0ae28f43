"""Clients of video APIs: their JSON and errors in, ours out."""
