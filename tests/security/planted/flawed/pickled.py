# planted: reads-programs S301 B301
import pickle


def draft(stored):
    return pickle.loads(stored)
