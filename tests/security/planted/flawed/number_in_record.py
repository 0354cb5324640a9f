# planted: person-in-log
import logging


def folded(case, citizen):
    logging.getLogger("fold").info("folded", extra={"case": case.id, "citizen": citizen.cpr})
