"""What any client of a video API needs of HTTP."""
