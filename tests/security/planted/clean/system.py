# clean twin
import os


def printed(page):
    return os.path.getsize(page)
