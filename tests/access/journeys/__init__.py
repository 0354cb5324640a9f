"""Whole ways through the portal, by mouse and by keyboard alone, with and without scripts."""
