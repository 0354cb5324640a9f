"""What people may ask of the data about them: to see it, to have it mended, to have it deleted.

Also how long each kind of data is kept, which is data here and not code.
"""
