"""What can be practised: challenges with their graded steps. Pure data; the YAML lies in nl and en."""
