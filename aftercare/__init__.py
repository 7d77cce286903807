"""Aftercare: the record, the rules and the patient's side."""
