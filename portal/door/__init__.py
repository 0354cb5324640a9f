"""The answer door: where an answer is handed in, and nobody is known.

A WSGI app of its own, in a process of its own, at an address of its own, with a database of its
own. It sees no cookie, no address and no case, and keeps no time.
"""
