# clean twin
def link(settings, ticket):
    return settings.public_url + "/confirm/" + ticket
