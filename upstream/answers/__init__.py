"""What video APIs answer: read, whatever its shape, and judged."""
