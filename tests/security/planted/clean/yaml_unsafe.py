# clean twin
import yaml


def codebook(file):
    return yaml.load(file, Loader=yaml.SafeLoader)
