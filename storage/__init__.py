"""The cellar: the database, all SQL, and the migrations."""
