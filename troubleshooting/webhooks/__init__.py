"""What happens here, told to the programs of others: signed, by the worker, never to private hosts.

Signatures, headers and the form of messages are those of https://www.standardwebhooks.com/.
"""
