# planted: written-secret S106 B106
from app.settings import Client

CLIENT = Client(issuer="https://broker.example", client_secret="planted-and-never-used")
