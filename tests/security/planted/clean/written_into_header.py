# clean twin
from flask import send_file


def report(file):
    return send_file(file, as_attachment=True, download_name="report.pdf")
