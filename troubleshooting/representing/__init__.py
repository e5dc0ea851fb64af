"""What the portal holds, in the forms that programs, terminals and assistants read."""
