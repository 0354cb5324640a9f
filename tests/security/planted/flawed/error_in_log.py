# planted: error-in-log
import logging

LOG = logging.getLogger("planted")


def read(case, fold):
    try:
        return fold(case)
    except ValueError:
        LOG.exception("cannot be read")
        raise
