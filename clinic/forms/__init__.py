"""What staff fill in. Forms are for kindness; services and constraints for truth."""
