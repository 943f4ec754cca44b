"""Take the README's pictures from a running portal.

.venv/bin/python -m docs.take_pictures http://127.0.0.1:8000
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium

FOLDER = Path(__file__).parent / "pictures"
# File name, address, width and height in CSS pixels.
PICTURES = [
    ("home", "/", 1280, 900),
    ("initiative", "/2021/initiative/crime-patrol/", 1280, 1000),
    ("document", "/2021/plan/", 1280, 1000),
    ("activity-phone", "/2021/activity/women-volunteers/", 390, 844),
]


def main(portal: str) -> None:
    """Open each page and keep what it shows."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=["--no-sandbox"]
        )
        for name, address, width, height in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height}, reduced_motion="reduce"
            )
            page.goto(portal + address)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
