"""The database, all SQL, and the migrations."""
