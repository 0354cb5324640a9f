# planted: reads-programs
import yaml


def codebook(file):
    return yaml.unsafe_load(file)
