"""A scanned page made ready for the machine that reads letters: flat, upright, its letterhead's two columns found.

Sizes are those of a page whose longer side is `LONG_SIDE` dots: 250 an inch on A4, more than the least for digitised copies
(200, NĐ 30/2020/NĐ-CP Phụ lục VI).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

LONG_SIDE = 2900
ENLARGED = 1.4  # times: another size makes other mistakes
LINE_SIZES = (0.8, 1.2)  # times, of a line read once more
MORE_SIZES = (1.0, 1.5)  # of one still in doubt
FRAME = 20  # white dots round a part: letters at an edge are lost
_STEP = 8  # dots of the page to one of the small picture that lanes are looked for in
_EDGE = 0.03  # of the page: what stands there is the shadow of the scanner's lid
_INK = 205  # in the small picture, darker is ink: 255 is paper
_LEAST_DEPTH = 0.035  # of the page: two columns side by side are at least two lines high
_MOST_DEPTH = 0.35
_MOST_SKEW = 4.0  # degrees
_BLACK, _WHITE = 90, 190
_SMOOTH, _MOST_GRAIN = 1.2, 2.5


@dataclass(frozen=True)
class Lane:
    """The white lane between the two columns at the head of a page: where it stands, and how far down it goes, in dots."""

    x: int
    top: int
    foot: int


def prepared(picture: Image.Image) -> Image.Image:
    """The page in grey: at its reading size, even light, coloured stamps and pens below its head away, lines level."""
    plain = _sized(picture)
    grey = _flat(plain.convert("L"))
    angle = _skew(grey)
    if picture.mode in ("RGB", "RGBA", "P", "CMYK"):
        # Red stamps and blue pens are light in one of the three; the head keeps them, numbers and days are written there.
        red, green, blue = plain.convert("RGB").split()
        light = _flat(ImageChops.lighter(red, ImageChops.lighter(green, blue)))
        head = int(grey.height * _MOST_DEPTH)
        grey.paste(light.crop((0, head, grey.width, grey.height)), (0, head))
    if abs(angle) >= 0.1:
        grey = grey.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return grey.point(_stretched)


def _sized(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "I;16", "I", "F", "LA", "La"):
        picture = picture.convert("L")
    elif picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    ratio = LONG_SIDE / max(picture.size)
    size = max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))
    return picture.resize(size, Image.Resampling.LANCZOS if ratio > 1 else Image.Resampling.BOX)


def _flat(grey: Image.Image) -> Image.Image:
    """Paper white everywhere, the grain of the paper and of JPEG smoothed."""
    paper = (
        grey.reduce(_STEP)
        .filter(ImageFilter.MaxFilter(5))
        .filter(ImageFilter.GaussianBlur(4))
        .resize(grey.size, Image.Resampling.BILINEAR)
    )
    flat = ImageOps.invert(ImageChops.subtract(paper, grey))
    smooth = flat.filter(ImageFilter.GaussianBlur(_SMOOTH))
    # A clean scan keeps its edges: smoothing joins the strokes of letters that stand close.
    return smooth if _grain(flat, smooth) > _MOST_GRAIN else flat


def _grain(flat: Image.Image, smooth: Image.Image) -> float:
    """How rough the paper is: the mean step from its smoothed self, ink left out."""
    paper = smooth.point(lambda value: 255 if value > _WHITE else 0)
    steps: list[float] = ImageStat.Stat(ImageChops.difference(flat, smooth), mask=paper).mean
    return steps[0] if paper.getbbox() else 0.0


def _stretched(value: int) -> int:
    return max(0, min(255, (value - _BLACK) * 255 // (_WHITE - _BLACK)))


def _skew(grey: Image.Image) -> float:
    """By how many degrees the lines must be turned to lie level: rows of ink and paper part best there."""
    small = grey.resize(
        (max(1, grey.width // 4), max(1, grey.height // 4)), Image.Resampling.BOX
    ).point(lambda value: 255 if value < _WHITE - 20 else 0)

    def contrast(angle: float) -> int:
        rows = small.rotate(angle).resize((1, small.height), Image.Resampling.BOX).tobytes()
        return sum((one - two) ** 2 for one, two in itertools.pairwise(rows))

    coarse = max(
        (step / 2 for step in range(int(-2 * _MOST_SKEW), int(2 * _MOST_SKEW) + 1)), key=contrast
    )
    return max((coarse + step / 10 for step in range(-4, 5)), key=contrast)


def lane_of(page: Image.Image) -> Lane | None:
    """The deepest white lane from the top of a page's ink, with ink on both its sides; None when no two columns stand there."""
    small = page.reduce(_STEP)
    width, height = small.size
    edge = round(width * _EDGE), round(height * _EDGE)
    dots = small.tobytes()
    rows = [
        [at for at in range(edge[0], width - edge[0]) if dots[row * width + at] < _INK]
        for row in range(height)
    ]
    top = next((row for row in range(edge[1], height // 2) if len(rows[row]) > 2), None)
    if top is None:
        return None
    foot = min(height - edge[1], top + round(height * _MOST_DEPTH))
    best, places = top, list[int]()
    for x in range(width // 4, width * 7 // 10):
        end = next((row for row in range(top, foot) if _crossed(dots, row * width + x)), foot)
        if end > best:
            best, places = end, []
        if end == best:
            places.append(x)
    inked = [at for row in rows[top:best] for at in row]
    if best - top < height * _LEAST_DEPTH or not places or best == foot:
        return None
    x = places[len(places) // 2]
    if not inked or min(inked) > x or max(inked) < x:
        return None
    return Lane(x * _STEP + _STEP // 2, top * _STEP, best * _STEP)


@dataclass(frozen=True)
class Part:
    """A part of a page, larger: `ENLARGED` times as large, and where it stood."""

    picture: Image.Image
    x: int
    y: int


def columns_again(page: Image.Image, lane: Lane) -> tuple[Part, Part]:
    """The two columns of a letterhead as pictures of their own, `ENLARGED` times as large."""
    top, foot = max(0, lane.top - _STEP * 2), lane.foot - _STEP
    return _part(page, (0, top, lane.x, foot)), _part(page, (lane.x, top, page.width, foot))


def line_again(page: Image.Image, box: tuple[int, int, int, int]) -> list[Image.Image]:
    """One line of a page as pictures of other sizes."""
    left, top, right, foot = box
    cut = page.crop((max(0, left), max(0, top), min(page.width, right), min(page.height, foot)))
    return [_framed(cut, times) for times in LINE_SIZES]


@dataclass(frozen=True)
class Strips:
    """Lines of a page one under the other on a picture of their own: where each begins there, and where it stood."""

    picture: Image.Image
    times: float
    tops: tuple[int, ...]
    lefts: tuple[int, ...]


def strips_of(
    page: Image.Image, boxes: Sequence[tuple[int, int, int, int]], sizes: Sequence[float]
) -> list[Strips]:
    """Lines of a page as pictures of other sizes, all lines on one: the machine starts once, not once a line."""
    return [_strips(page, boxes, times) for times in sizes]


def _strips(page: Image.Image, boxes: Sequence[tuple[int, int, int, int]], times: float) -> Strips:
    cuts = [_framed(page.crop(box), times) for box in boxes]
    whole = Image.new("L", (max(cut.width for cut in cuts), sum(cut.height for cut in cuts)), 255)
    tops = tuple(itertools.accumulate((cut.height for cut in cuts), initial=0))
    for cut, top in zip(cuts, tops, strict=False):
        whole.paste(cut, (0, top))
    return Strips(whole, times, tops, tuple(box[0] for box in boxes))


def _part(page: Image.Image, box: tuple[int, int, int, int]) -> Part:
    return Part(_framed(page.crop(box), ENLARGED), box[0], box[1])


def _framed(cut: Image.Image, times: float) -> Image.Image:
    size = max(1, round(cut.width * times)), max(1, round(cut.height * times))
    return ImageOps.expand(cut.resize(size, Image.Resampling.BICUBIC), border=FRAME, fill=255)


def _crossed(dots: bytes, at: int) -> bool:
    return dots[at] < _INK or dots[at - 1] < _INK or dots[at + 1] < _INK
