"""Seals: RFC 3161 time stamps over everything kept as proof, and checking them without a network.

`tokens` and `local` know neither the database nor Django; `sealing`, `anchors` and `checking` do.
"""
