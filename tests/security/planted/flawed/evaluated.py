# planted: runs-text S307 B307
def limit(rule, days):
    return eval(rule, {"days": days})
