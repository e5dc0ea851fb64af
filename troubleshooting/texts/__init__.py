"""What a text is and what it says. Pure: nothing below this folder knows the database or HTTP."""
