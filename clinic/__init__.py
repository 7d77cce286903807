"""The staff's desk; it looks into `aftercare`, and only the urls know of it."""
