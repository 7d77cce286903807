"""What leaves the house: neutral words, the table of what waits, and the ways out."""
