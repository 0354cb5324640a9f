# clean twin
LIMITS = {"four weeks": 28, "six months": 182}


def limit(rule, days):
    return LIMITS[rule] - days
