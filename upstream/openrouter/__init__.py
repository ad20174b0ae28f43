"""The video API of openrouter.ai, by its documents "Video Generation API" and "Errors and Debugging"."""
