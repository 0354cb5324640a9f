# clean twin
import logging

LOG = logging.getLogger("planted")


def invited(count):
    LOG.warning("no room for %d", count)
