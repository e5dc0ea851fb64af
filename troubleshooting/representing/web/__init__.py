"""What pages say to the programs that show them elsewhere: structured data, a picture."""
