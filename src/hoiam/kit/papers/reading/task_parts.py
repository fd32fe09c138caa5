"""A task put together from its parts."""

from collections.abc import Sequence

from hoiam.kit.papers.reading.values import Found, Span, Task


def task_of(
    ref: str,
    title: Found[str],
    *,
    products: tuple[Found[str], ...],
    times: Sequence[Found[str]],
    leads: Sequence[Found[str]],
    coordinating: tuple[Found[str], ...],
    ends: Sequence[int] = (),
) -> Task:
    """A task of what was found; of several times and leads the first stands."""
    every = [title, *products, *times, *leads, *coordinating]
    span = Span(
        min(each.span.start for each in every), max([*(each.span.end for each in every), *ends])
    )
    return Task(
        ref,
        title,
        products,
        times[0] if times else None,
        leads[0] if leads else None,
        coordinating,
        span,
    )
