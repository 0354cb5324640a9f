# planted: sql-from-strings S608 B608
def delete_case(cursor, number):
    cursor.execute("DELETE FROM cases WHERE subject = '%s'" % number)
