"""Every part of the pages with its states, for developers. There only when ``DEBUG``."""
