"""The staff's side of the house; imports `aftercare` and is imported by nobody but its urls."""
