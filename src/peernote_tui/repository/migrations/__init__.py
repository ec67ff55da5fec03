"""The steps of the schema, as SQL, in the order of their names."""
