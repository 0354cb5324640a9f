# clean twin
import os


def kept(path):
    os.chmod(path, 0o600)
