# clean twin
from flask import Flask

from app.settings import settings

app = Flask(__name__)
app.config["SECRET_KEY"] = settings.secret_key
