"""The demo clinic: invented people whose recoveries run up to this very moment."""
