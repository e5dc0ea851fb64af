"""What editors tell the portal and each other beside the texts."""
