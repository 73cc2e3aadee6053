"""What must hold on every page: axe finds nothing, and nothing has to be scrolled to sideways."""

from playwright.sync_api import Page

from tests.e2e.conftest import ROOT

AXE = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = (320, 390)

_FAULTS = """run => axe.run(document, {...run, resultTypes: ["violations"]}).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 160)}`)))"""
# What sticks out; what scrolls inside its own box, or is cut off by it, does no harm.
_WIDE = """() => {
  if (document.scrollingElement.scrollWidth <= innerWidth) return [];
  const boxed = (element) => element && element !== document.body
    && (getComputedStyle(element).overflowX !== "visible" || boxed(element.parentElement));
  const out = [...document.querySelectorAll("body *")].filter(
    (element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !boxed(element.parentElement));
  return [`${innerWidth} px: ${document.scrollingElement.scrollWidth} px wide`,
    ...out.slice(0, 8).map((element) => element.outerHTML.slice(0, 120))];
}"""


def axe_faults(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA and of best practice on the present page, one line each."""
    return _axe(page, {"runOnly": RULES})


def contrast_faults(page: Page) -> list[str]:
    """Words that are too faint on the present page, for other colours of a page that is otherwise the same."""
    return _axe(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})


def _axe(page: Page, run: dict[str, object]) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = page.evaluate(_FAULTS, run)
    return found


def sideways(page: Page) -> list[str]:
    """What is too wide for a phone, at 320 and at 390 px; the window is as it was afterwards."""
    before = page.viewport_size
    assert before is not None
    found: list[str] = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": before["height"]})
        found += page.evaluate(_WIDE)
    page.set_viewport_size(before)
    return found
