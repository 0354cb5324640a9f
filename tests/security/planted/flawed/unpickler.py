# planted: reads-programs S301 B301
import pickle


def draft(file):
    return pickle.Unpickler(file).load()
