"""The thinking behind the expected decision date. Values in, values out; numbers by NumPy.

Days are ordinals (`date.toordinal`) throughout, so that neither a clock change nor a leap day
makes a day longer than a day.
"""
