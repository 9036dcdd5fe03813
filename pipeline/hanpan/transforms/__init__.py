"""Transforms: one rule per file; each changes a tree that its caller owns.

The rooms are those who run them: shared/ when a post is read, the others in one edition each.
What several use stands on top.
"""
