# planted: world-readable S103 B103
import os


def kept(path):
    os.chmod(path, 0o777)
