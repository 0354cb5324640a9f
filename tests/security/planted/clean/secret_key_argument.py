# clean twin
from app.settings import Client, read

CLIENT = Client(issuer="https://broker.example", client_secret=read("CLIENT_SECRET"))
