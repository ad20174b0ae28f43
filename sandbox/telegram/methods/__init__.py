"""The Bot API's methods, a module for each kind."""
