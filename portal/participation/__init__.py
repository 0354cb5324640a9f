"""Who may answer about a decision: cohorts, their keys, and the tokens that were issued."""
