"""The operations by which editors' programs write, as their editors do in the administration."""
