"""The vocabulary of reports and of the charts in them."""
