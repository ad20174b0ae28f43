"""The models, what each can do, and what it costs."""
