# clean twin
from defusedxml import ElementTree


def case(sent):
    return ElementTree.fromstring(sent)
