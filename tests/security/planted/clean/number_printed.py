# clean twin
def list_people(people):
    for person in people:
        print(person.id)
