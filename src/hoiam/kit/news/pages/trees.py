"""Taking pieces out of a page's tree."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode


def drop(nodes: Iterable[LexborNode]) -> None:
    """Take the nodes out of their tree.

    One that stands inside another goes with it and is not touched again: its memory is no longer its own.
    """
    listed = list(nodes)
    ids = {node.mem_id for node in listed}
    for node in [node for node in listed if not _is_inside(node, ids)]:
        node.decompose()


def _is_inside(node: LexborNode, ids: set[int]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in ids:
            return True
        above = above.parent
    return False
