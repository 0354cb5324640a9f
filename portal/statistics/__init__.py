"""Figures for everybody from the portal's own cases, fixed once when a year is over."""
