"""What Alembic runs: the steps, in one transaction, over the connection that the database lends."""

from alembic import context

import storage.operator_tables
import storage.rollups  # noqa: F401 - like those of the other module, its tables belong to the metadata
from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
