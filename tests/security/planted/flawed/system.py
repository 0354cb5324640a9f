# planted: shell S605 B605
import os


def printed(page):
    os.system("lp " + page)
