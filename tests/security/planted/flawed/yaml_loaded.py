# planted: reads-programs S506 B506
import yaml


def codebook(file):
    return yaml.load(file, Loader=yaml.Loader)
