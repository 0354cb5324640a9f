# planted: S701 B701
from jinja2 import Environment

PAGES = Environment()
