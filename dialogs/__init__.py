"""What a conversation does next. Pure: no Telegram, storage, YAML, templates, clock or randomness."""
