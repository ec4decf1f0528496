"""YAML of conversations and challenges becomes checked, compiled, frozen data: one loader and one checker for both."""
