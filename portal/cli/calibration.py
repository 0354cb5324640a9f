"""The calibration of a backtest as a picture: how many ranges held in each half-year."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.estimates.rules.scoring import Scores

WIDTH, HEIGHT = 760, 360
LEFT, TOP, RIGHT, BOTTOM = 60, 50, 20, 60
LEAST = 0.4  # the lowest share on the scale
AIM, BAND = 0.8, (0.76, 0.84)
FEW = 20  # forecasts under which a half-year is drawn pale
FONT = 'role="img" font-family="sans-serif" font-size="12"'
LEGEND = f"Filled: shown. Ring: with those withheld. Pale: under {FEW} forecasts. Line: 8 of 10."
INK, SHADE = "#1b4f8a", "#e3eef8"


def drawing(halves: Mapping[str, Scores]) -> str:
    """An SVG: a filled dot for what was shown, a ring for all, the aim and its band."""
    step = (WIDTH - LEFT - RIGHT) / max(len(halves), 1)
    title = "Share of the ranges that held, by half-year of the forecast"
    marks = [
        _half(LEFT + step * (place + 0.5), name, scores)
        for place, (name, scores) in enumerate(halves.items())
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<text x="{LEFT}" y="24" font-size="15">{escape(title)}</text>',
            *_scale(),
            *marks,
            f'<text x="{LEFT}" y="{HEIGHT - 10}">{LEGEND}</text>',
            "</svg>\n",
        ]
    )


def _scale() -> list[str]:
    high, low, aim = _y(BAND[1]), _y(BAND[0]), _y(AIM)
    span, right = WIDTH - RIGHT - LEFT, WIDTH - RIGHT
    band = f'<rect x="{LEFT}" y="{high:.1f}" width="{span}" height="{low - high:.1f}"'
    line = f'<line x1="{LEFT}" x2="{right}" y1="{aim:.1f}" y2="{aim:.1f}"'
    return [
        f'{band} fill="{SHADE}"/>',
        f'{line} stroke="{INK}"/>',
        *(_text(LEFT - 8, _y(tenth / 10) + 4, f"{tenth * 10} %", "end") for tenth in range(4, 11)),
    ]


def _half(x: float, name: str, scores: Scores) -> str:
    parts = [_text(x, HEIGHT - BOTTOM + 22, name, "middle")]
    for score, radius, fill in ((scores.all, 8, "none"), (scores.shown, 5, INK)):
        if score.coverage80 is not None:
            place = f'cx="{x:.1f}" cy="{_y(score.coverage80):.1f}" r="{radius}"'
            faint = 0.35 if score.n < FEW else 1
            parts.append(f'<circle {place} fill="{fill}" stroke="{INK}" opacity="{faint}"/>')
    return "\n".join(parts)


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _y(share: float) -> float:
    return TOP + (1 - (max(share, LEAST) - LEAST) / (1 - LEAST)) * (HEIGHT - TOP - BOTTOM)
