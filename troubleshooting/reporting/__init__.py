"""What programs report for those who use them: outcomes, errors, gaps, uses. Nothing personal."""
