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
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            ' font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<text x="{LEFT}" y="24" font-size="15">{escape(title)}</text>',
            *_scale(),
            *marks,
            f'<text x="{LEFT}" y="{HEIGHT - 10}">Filled: shown. Ring: all, also those withheld. '
            f"Pale: fewer than {FEW} forecasts. Line: 8 of 10.</text>",
            "</svg>\n",
        ]
    )


def _scale() -> list[str]:
    high, low = _y(BAND[1]), _y(BAND[0])
    right = WIDTH - RIGHT
    lines = [
        f'<rect x="{LEFT}" y="{high:.1f}" width="{right - LEFT}" height="{low - high:.1f}"'
        ' fill="#e3eef8"/>',
        f'<line x1="{LEFT}" x2="{right}" y1="{_y(AIM):.1f}" y2="{_y(AIM):.1f}" stroke="#1b4f8a"/>',
    ]
    for tenth in range(int(LEAST * 10), 11):
        y = _y(tenth / 10)
        lines.append(
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tenth * 10} %</text>'
        )
    return lines


def _half(x: float, name: str, scores: Scores) -> str:
    parts = [
        f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{escape(name)}</text>'
    ]
    for score, fill in ((scores.all, "none"), (scores.shown, "#1b4f8a")):
        if score.coverage80 is not None:
            faint = 0.35 if score.n < FEW else 1
            parts.append(
                f'<circle cx="{x:.1f}" cy="{_y(score.coverage80):.1f}" r="{5 if fill != "none" else 8}"'
                f' fill="{fill}" stroke="#1b4f8a" opacity="{faint}"/>'
            )
    return "\n".join(parts)


def _y(share: float) -> float:
    return TOP + (1 - (max(share, LEAST) - LEAST) / (1 - LEAST)) * (HEIGHT - TOP - BOTTOM)
