"""The worker, and a module for each step of a job."""
