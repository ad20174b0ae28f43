"""A local video API: takes orders, draws clips, and misbehaves on demand."""
