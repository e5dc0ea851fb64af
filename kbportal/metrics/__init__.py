"""Figures for Prometheus, on a port of their own: of views, never of people or what they typed."""
