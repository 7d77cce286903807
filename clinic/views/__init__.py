"""The staff's pages: find through the person, fill the form, call one service."""
