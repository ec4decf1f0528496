"""Everything on disk: tables, sealed columns, and functions that run synchronously over one Core connection."""
