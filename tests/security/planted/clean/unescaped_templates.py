# clean twin
from jinja2 import Environment

PAGES = Environment(autoescape=True)
