"""The far side: clients of video APIs; their JSON and errors in, ours out."""
