"""Pictures: what a youngster did, drawn from a template. No words of a person are ever drawn."""
