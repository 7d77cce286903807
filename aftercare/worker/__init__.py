"""What `manage.py worker` does all day: messages, and work that has its time."""
