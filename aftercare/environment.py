"""Where settings come from: the environment, and `.env` where it says nothing."""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

PRODUCTION = env.str("ENV", "development") == "production"
DEMO = env.bool("DEMO", False)  # sign in as anyone, with one click
