"""Dates in English: months in full, as scripts of the pages write them (``dateStyle: "long"``)."""

DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, g:i A"
SHORT_DATETIME_FORMAT = "m/d/Y g:i A"
TIME_FORMAT = "g:i A"  # "2:18 p.m." would end a sentence with two full stops
