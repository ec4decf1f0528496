"""Half a year of one professional with 24 youngsters in two groups: what is asked of her, counted, and her digests."""
