"""The buttons under a finished video, and under the reason why there is none."""
