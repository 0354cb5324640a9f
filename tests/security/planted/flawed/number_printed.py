# planted: person-printed person-in-log
def list_people(people):
    for person in people:
        print(f"{person.id} {person.cpr}")
