# clean twin
import logging

LOG = logging.getLogger("planted")


def read(case, fold):
    try:
        return fold(case)
    except ValueError as error:
        LOG.error("cannot be read: %s", type(error).__name__)
        raise
