"""Everything on disk: tables, sealed columns, and synchronous functions over one Core connection."""
