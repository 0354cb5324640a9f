# planted: outside-xml S314 B314
from xml.etree import ElementTree


def case(sent):
    return ElementTree.fromstring(sent)
