# clean twin
def delete_case(cursor, number):
    cursor.execute("DELETE FROM cases WHERE subject = %s", (number,))
