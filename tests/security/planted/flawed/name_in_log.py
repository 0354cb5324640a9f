# planted: person-in-log
import logging

LOG = logging.getLogger("planted")


def invited(person):
    LOG.warning(f"no room for {person.name}")
