"""The roof: wires the rooms together and keeps them moving; nothing imports it."""
