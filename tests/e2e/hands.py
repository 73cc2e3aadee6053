"""How a person works on a page: with a mouse or a finger, or with nothing but the keys."""

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.checks import sideways

MOST_TABS = 250
MOST_OPTIONS = 80

# What has the focus: is it the element that is looked for, and can it be seen that it has the focus?
_FOCUS = """(wanted) => {
  const element = document.activeElement;
  if (!element || element === document.body) return {here: false, wrong: ""};
  const style = (node, part) => getComputedStyle(node, part);
  const ringed = ({outlineStyle, outlineWidth, outlineColor}) =>
    outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\\)$/.test(outlineColor);
  const label = element.closest("label");
  const drawn = element.namespaceURI.endsWith("svg") && element.querySelector("path");
  const seen = ringed(style(element)) || ringed(style(element, "::after")) || (label && ringed(style(label)))
    || (drawn && parseFloat(style(drawn).strokeWidth) >= 2.5);
  const steps = [0.5, 0.1, 0.9, 0.3, 0.7, 0.2, 0.4, 0.6, 0.8];
  const points = steps.flatMap((x) => steps.map((y) => [x, y]));
  const shown = [...element.getClientRects()].some((box) => points.some(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && (element.contains(top) || (label && label.contains(top)));
  }));
  const name = element.outerHTML.slice(0, 160);
  const wrong = !seen ? `no ring: ${name}` : !shown ? `covered: ${name}` : "";
  return {here: element === wanted, wrong};
}"""


# What Tab has to reach: of buttons that exclude each other one is enough.
_MISSED = """() => {
  const usable = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter((element) =>
    element.tabIndex >= 0 && !element.disabled && element.checkVisibility({visibilityProperty: true}));
  const reached = (element) => stops.has(element) || (element.type === "radio"
    && usable.some((other) => other.name === element.name && stops.has(other)));
  return usable.filter((element) => !reached(element)).map((element) => element.outerHTML.slice(0, 160));
}"""
_AGAIN = """() => {
  globalThis.stops ??= new Set();
  const element = document.activeElement;
  if (element === document.body || stops.has(element)) return true;
  stops.add(element);
  return false;
}"""


class Hands:
    """With a mouse or a finger. Every page that is reached has to fit a phone."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self.scripts = scripts

    def go(self, path: str) -> None:
        """Type an address."""
        answer = self.page.goto(path)
        assert answer is not None
        self._arrived(answer.status, 200)

    def look_again(self) -> None:
        """Load the page anew."""
        answer = self.page.reload()
        assert answer is not None
        self._arrived(answer.status, 200)

    def follow(self, target: Locator, status: int = 200) -> None:
        """Press what leads to another page, and be there."""
        with self.page.expect_navigation() as going:
            self.press(target)
        self._arrived(going.value.status, status)

    def enter(self, status: int = 200) -> None:
        """Send the form from the field that was written last."""
        with self.page.expect_navigation() as going:
            self.page.keyboard.press("Enter")
        self._arrived(going.value.status, status)

    def press(self, target: Locator) -> None:
        """Press a button or a link."""
        target.click()

    def write(self, target: Locator, text: str) -> None:
        """Replace what stands in a field."""
        target.fill(text)

    def choose(self, target: Locator, words: str) -> None:
        """Choose from a list by its words."""
        target.select_option(label=words)

    def tick(self, target: Locator) -> None:
        """Tick a box, or choose one of several."""
        target.check()

    def attach(self, target: Locator, *files: FilePayload) -> None:
        """Choose files, as the system's own window would."""
        target.set_input_files(list(files))

    def _arrived(self, status: int, wanted: int) -> None:
        assert (self.page.url, status) == (self.page.url, wanted)
        wide = sideways(self.page)
        assert wide == [], "\n".join([self.page.url, *wide])


class Keys(Hands):
    """With the keyboard alone: Tab leads everywhere, and it can always be seen where one is."""

    def press(self, target: Locator) -> None:
        """Enter on a button or a link."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        """Tab into a field selects what stands there, typing replaces it."""
        self.reach(target)
        self.page.keyboard.type(text)
        expect(target).to_have_value(text)

    def choose(self, target: Locator, words: str) -> None:
        """Down through a list until the words stand there."""
        self.reach(target)
        for _ in range(MOST_OPTIONS):
            if target.evaluate("list => list.selectedOptions[0].text") == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {words}")

    def tick(self, target: Locator) -> None:
        """Space on a box."""
        self.reach(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def missed(self) -> list[str]:
        """Tab through the whole page, every stop can be seen; what was not reached."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(_FOCUS, None)
            assert focus["wrong"] == ""
            if self.page.evaluate(_AGAIN):
                found: list[str] = self.page.evaluate(_MISSED)
                return found
        raise AssertionError("Tab never comes back to where it began")

    def reach(self, target: Locator) -> None:
        """Tab until `target` has the focus; every stop on the way can be seen."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = target.evaluate(_FOCUS)
            assert focus["wrong"] == ""
            if focus["here"]:
                return
        raise AssertionError(f"no Tab leads to {target}")
