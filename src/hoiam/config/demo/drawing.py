"""Pictures of the demonstration's portal: flat drawings of places that do not exist, made when the data is loaded."""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

WIDE, HIGH = 960, 600
# Drawn larger and made smaller, which smooths the edges.
_FINER = 2
Pen = ImageDraw.ImageDraw
Colour = tuple[int, int, int]


def _box(
    pen: Pen, x: float, y: float, w: float, h: float, colour: Colour, round_: float = 0
) -> None:
    s = _FINER
    pen.rounded_rectangle((x * s, y * s, (x + w) * s, (y + h) * s), round_ * s, fill=colour)


def _disc(pen: Pen, x: float, y: float, r: float, colour: Colour) -> None:
    s = _FINER
    pen.ellipse(((x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s), fill=colour)


def _shape(pen: Pen, points: list[tuple[float, float]], colour: Colour) -> None:
    pen.polygon([(x * _FINER, y * _FINER) for x, y in points], fill=colour)


def _sky(pen: Pen, top: Colour, low: Colour, until: int = HIGH) -> None:
    for y in range(0, until * _FINER, 4):
        part = y / (until * _FINER)
        mixed = tuple(round(a + (b - a) * part) for a, b in zip(top, low, strict=True))
        pen.rectangle((0, y, WIDE * _FINER, y + 4), fill=mixed)


def _person(pen: Pen, x: float, y: float, coat: Colour, size: float = 1.0) -> None:
    _box(pen, x - 34 * size, y, 68 * size, 150 * size, coat, 30 * size)
    _disc(pen, x, y - 30 * size, 27 * size, (226, 188, 158))
    s, r = _FINER, 29 * size
    pen.pieslice(((x - r) * s, (y - 33 * size - r) * s, (x + r) * s, (y - 33 * size + r) * s), 180, 360, fill=(52, 44, 42))  # fmt: skip


def river(pen: Pen) -> None:
    """A river between fields, early."""
    _sky(pen, (250, 222, 178), (244, 238, 220), 330)
    _disc(pen, 690, 210, 70, (240, 150, 84))
    _shape(pen, [(0, 330), (170, 190), (330, 290), (520, 170), (760, 300), (960, 220), (960, 360), (0, 360)], (106, 138, 128))  # fmt: skip
    _box(pen, 0, 340, WIDE, 260, (150, 176, 108))
    _shape(pen, [(420, 340), (520, 340), (800, 600), (230, 600)], (138, 180, 196))
    for row in range(5):
        _shape(pen, [(0, 380 + row * 46), (340 - row * 30, 380 + row * 46), (330 - row * 34, 388 + row * 48), (0, 392 + row * 48)], (122, 150, 84))  # fmt: skip
    _shape(pen, [(470, 470), (600, 470), (570, 500), (500, 500)], (90, 62, 48))
    _person(pen, 535, 428, (60, 84, 120), 0.3)


def hall(pen: Pen) -> None:
    """People at a long table in a hall."""
    _sky(pen, (236, 230, 214), (222, 212, 190))
    for column in range(4):
        _box(pen, 90 + column * 220, 70, 130, 190, (190, 214, 222), 8)
        _box(pen, 152 + column * 220, 70, 6, 190, (236, 230, 214))
    for place, coat in enumerate(((38, 66, 110), (150, 58, 52), (70, 110, 92), (196, 150, 84), (92, 84, 120))):  # fmt: skip
        _person(pen, 150 + place * 165, 300, coat)
    _box(pen, 40, 430, 880, 110, (132, 90, 60), 10)
    _box(pen, 40, 430, 880, 20, (156, 110, 76), 10)
    for place in range(5):
        _box(pen, 112 + place * 165, 408, 76, 26, (250, 248, 240), 3)


def office(pen: Pen) -> None:
    """A low public building with trees in front."""
    _sky(pen, (176, 208, 228), (232, 240, 240), 430)
    _box(pen, 0, 430, WIDE, 170, (166, 186, 130))
    _box(pen, 180, 180, 600, 260, (244, 236, 214))
    _shape(pen, [(150, 190), (480, 90), (810, 190)], (164, 74, 58))
    for floor in range(2):
        for window in range(6):
            _box(pen, 214 + window * 92, 214 + floor * 100, 54, 62, (116, 158, 182), 4)
    _box(pen, 440, 320, 80, 120, (110, 74, 56), 4)
    for x in (90, 860):
        _box(pen, x - 8, 330, 16, 110, (104, 78, 60))
        _disc(pen, x, 290, 74, (92, 136, 92))
    _shape(pen, [(440, 440), (520, 440), (640, 600), (320, 600)], (206, 196, 176))


def desk(pen: Pen) -> None:
    """Papers, a pen and a cup seen from above."""
    _sky(pen, (150, 112, 82), (134, 98, 70))
    for x, y, shade in ((170, 90, 232), (250, 130, 244), (330, 110, 252)):
        _box(pen, x, y, 330, 420, (shade, shade, shade - 6), 4)
    for line in range(9):
        _box(pen, 370, 180 + line * 32, 250 - (line % 3) * 40, 10, (170, 176, 188), 5)
    _disc(pen, 590, 470, 40, (190, 70, 62))
    _disc(pen, 590, 470, 30, (252, 252, 246))
    _shape(pen, [(700, 150), (722, 160), (600, 430), (586, 440), (588, 424)], (36, 52, 84))
    _disc(pen, 810, 400, 84, (236, 232, 222))
    _disc(pen, 810, 400, 62, (98, 62, 44))


def counter(pen: Pen) -> None:
    """Someone served at a counter."""
    _sky(pen, (222, 232, 226), (206, 220, 214))
    _box(pen, 80, 90, 800, 90, (46, 84, 116), 10)
    for sign in range(3):
        _box(pen, 150 + sign * 240, 118, 180, 34, (222, 234, 240), 6)
    _person(pen, 330, 290, (46, 84, 116))
    _person(pen, 640, 290, (206, 120, 84))
    _box(pen, 60, 400, 840, 140, (186, 148, 106), 8)
    _box(pen, 60, 400, 840, 18, (214, 178, 136), 8)
    _box(pen, 440, 350, 90, 60, (60, 66, 78), 6)
    _box(pen, 590, 384, 80, 18, (250, 248, 240), 3)


def market(pen: Pen) -> None:
    """A square with awnings and a loudspeaker."""
    _sky(pen, (190, 218, 232), (240, 240, 226), 380)
    _box(pen, 0, 380, WIDE, 220, (222, 204, 172))
    for stall, colour in enumerate(((176, 62, 54), (226, 168, 76), (70, 126, 122), (84, 96, 150))):
        x = 60 + stall * 220
        _box(pen, x + 16, 270, 168, 170, (250, 242, 224))
        _shape(pen, [(x, 270), (x + 200, 270), (x + 176, 210), (x + 24, 210)], colour)
        _box(pen, x + 16, 380, 168, 60, (150, 112, 80))
        _disc(pen, x + 60, 372, 18, (206, 96, 60))
        _disc(pen, x + 104, 372, 18, (120, 158, 86))
    for place, coat in enumerate(((60, 84, 120), (150, 58, 92), (84, 118, 84))):
        _person(pen, 230 + place * 220, 440, coat, 0.8)


def screen(pen: Pen) -> None:
    """A public service on a screen at home."""
    _sky(pen, (214, 220, 234), (196, 206, 226))
    _box(pen, 0, 470, WIDE, 130, (164, 124, 92))
    _box(pen, 230, 110, 500, 320, (44, 52, 66), 14)
    _box(pen, 248, 128, 464, 284, (248, 250, 252), 6)
    _box(pen, 248, 128, 464, 46, (38, 72, 118), 6)
    for line in range(4):
        _box(pen, 286, 208 + line * 44, 250, 14, (188, 198, 212), 7)
        _disc(pen, 640, 215 + line * 44, 13, (74, 142, 96))
    _box(pen, 440, 430, 80, 30, (70, 78, 92))
    _box(pen, 380, 456, 200, 16, (70, 78, 92), 8)
    _disc(pen, 830, 420, 56, (84, 136, 96))
    _box(pen, 800, 440, 60, 66, (190, 104, 72), 8)


def gate(pen: Pen) -> None:
    """A gate at the end of a paved road."""
    _sky(pen, (186, 206, 224), (242, 232, 208), 400)
    _box(pen, 0, 390, WIDE, 210, (160, 178, 124))
    _box(pen, 0, 300, WIDE, 100, (226, 208, 170))
    _shape(pen, [(410, 390), (550, 390), (790, 600), (170, 600)], (196, 188, 172))
    for row in range(5):
        y = 410 + row * row * 9 + row * 8
        _box(pen, 410 - (y - 390) * 1.1, y, 140 + (y - 390) * 2.2, 4, (170, 160, 146))
    for x in (350, 562):
        _box(pen, x, 210, 48, 190, (150, 84, 62), 4)
        _disc(pen, x + 24, 200, 22, (232, 206, 150))
    _box(pen, 330, 160, 300, 34, (46, 84, 116), 6)
    for x in (120, 800):
        _box(pen, x - 7, 240, 14, 160, (104, 78, 60))
        _disc(pen, x, 220, 80, (104, 148, 96))


def boat(pen: Pen) -> None:
    """A small ferry on a wide river."""
    _sky(pen, (206, 222, 232), (242, 240, 224), 280)
    _shape(
        pen, [(0, 280), (260, 230), (520, 270), (960, 220), (960, 300), (0, 300)], (118, 152, 116)
    )
    _box(pen, 0, 290, WIDE, 310, (112, 160, 176))
    for row in range(6):
        _box(pen, 60 + (row * 173) % 640, 330 + row * 44, 180, 6, (146, 188, 198), 3)
    _person(pen, 400, 312, (60, 84, 120), 0.7)
    _person(pen, 520, 312, (150, 58, 52), 0.7)
    _box(pen, 556, 366, 60, 44, (226, 196, 130), 4)
    _shape(pen, [(250, 396), (730, 396), (640, 470), (330, 470)], (110, 74, 56))
    _shape(pen, [(700, 250), (712, 250), (672, 470), (660, 470)], (84, 58, 46))


def table(pen: Pen) -> None:
    """A small table under a large umbrella."""
    _sky(pen, (238, 226, 200), (246, 240, 226), 420)
    _box(pen, 0, 410, WIDE, 190, (206, 186, 154))
    _box(pen, 474, 150, 12, 360, (120, 92, 70))
    for part, colour in enumerate(((176, 62, 54), (250, 242, 224), (176, 62, 54), (250, 242, 224))):
        x = 200 + part * 140
        _shape(pen, [(x, 230), (x + 140, 230), (480, 90)], colour)
    _person(pen, 360, 300, (46, 84, 116), 1.1)
    _person(pen, 610, 300, (110, 130, 84), 1.1)
    _box(pen, 270, 420, 420, 26, (150, 108, 76), 6)
    for x in (300, 644):
        _box(pen, x, 440, 18, 110, (120, 84, 60))
    for sheet in range(3):
        _box(pen, 400 + sheet * 56, 408, 44, 14, (252, 250, 244), 2)


def loudspeaker(pen: Pen) -> None:
    """Loudspeakers on a pole above roofs."""
    _sky(pen, (150, 192, 216), (232, 238, 232))
    for roof, colour in enumerate(((164, 74, 58), (190, 110, 70), (140, 66, 56))):
        x = roof * 330 - 20
        _box(pen, x + 30, 480, 260, 120, (240, 228, 200))
        _shape(pen, [(x, 490), (x + 160, 400), (x + 320, 490)], colour)
    _box(pen, 470, 140, 16, 460, (112, 104, 98))
    for side in (-1, 1):
        _shape(
            pen,
            [
                (478 + side * 20, 190),
                (478 + side * 20, 230),
                (478 + side * 170, 280),
                (478 + side * 170, 140),
            ],
            (214, 214, 206),
        )
        _disc(pen, 478 + side * 170, 210, 26, (90, 92, 96))
        for wave in range(3):
            _box(
                pen,
                478 + side * (226 + wave * 40) - 4,
                180 - wave * 20,
                8,
                60 + wave * 40,
                (250, 250, 244),
                4,
            )


SCENES: dict[str, Callable[[Pen], None]] = {
    "river": river, "hall": hall, "office": office, "desk": desk, "counter": counter, "market": market,
    "screen": screen, "gate": gate, "boat": boat, "table": table, "loudspeaker": loudspeaker,
}  # fmt: skip


@cache
def drawn(scene: str) -> bytes:
    """One scene as JPEG, 960 × 600; drawn once in a process."""
    large = Image.new("RGB", (WIDE * _FINER, HIGH * _FINER))
    SCENES[scene](ImageDraw.Draw(large))
    out = io.BytesIO()
    large.resize((WIDE, HIGH), Image.Resampling.BILINEAR, reducing_gap=2).save(out, "JPEG", quality=80)  # fmt: skip
    return out.getvalue()
