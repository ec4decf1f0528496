"""Everything that touches the world: storage, Telegram, time, content files, the operator's commands."""
