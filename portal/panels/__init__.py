"""Citizens who have volunteered for panels, interviews and text tests; with consent, for a while.

It stands by itself: no case leads here, and no answer of the questionnaire does.
"""
