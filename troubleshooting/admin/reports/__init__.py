"""What readers tell: figures, searches, gaps, errors, outcomes, and the queue of reports."""
