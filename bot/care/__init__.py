"""What is shown when somebody needs help now."""
