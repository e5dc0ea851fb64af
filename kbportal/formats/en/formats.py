"""Dates in English: months in full, as scripts of the pages write them (``dateStyle: "long"``)."""

DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, P"
