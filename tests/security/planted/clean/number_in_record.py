# clean twin
import logging


def folded(case):
    logging.getLogger("fold").info("folded", extra={"case": case.id})
