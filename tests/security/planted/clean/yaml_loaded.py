# clean twin
import tomllib


def codebook(file):
    return tomllib.load(file)
