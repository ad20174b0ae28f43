"""What a request, a job, a quota and a model is, and how it may move."""
