"""What axe-core finds wrong on a page, in light and in dark.

To tell the contrast of a text takes axe two thirds of its time, and it is the same for all texts of
the same colours and size. So axe is asked about each kind of text once (in each scheme, as its
colours are others): a text is passed over where axe passed one of its kind before, on any page.
"""

from importlib.resources import files

import pytest

#: Kinds of texts whose contrast axe has passed.
PASSED: set[str] = set()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Elements that break no rule are counted, but not described one by one. No rule here reads the
#: style sheets, which would be fetched again. ``colours``: only rules of colours are applied.
#:
#: What the contrast of a text depends on is its kind: its own colour, size and weight, and the
#: backgrounds and opacity of all that it stands in; of a link the text around it too. A text that
#: may stand upon something else (a positioned part without a background of its own, or one that is
#: wider than what it stands in) is of no kind, and looked at on every page. So is what axe did not
#: look at. What is not shown has no colours for axe, nor have options, boxes and what is disabled.
RUN = """async ([tags, colours, but, passed]) => {
  const preload = { assets: ["media"] };
  const exclude = but.map((part) => [part]);
  const known = axe.getRules(tags).filter((rule) => rule.tags.includes("cat.color"));
  const values = known.map((rule) => rule.ruleId);
  const styles = new Map();
  const style = (one) => styles.get(one) ?? styles.set(one, getComputedStyle(one)).get(one);
  const isOpaque = ({ backgroundColor, backgroundImage }) =>
    backgroundImage === "none" && /^rgb\\(/.test(backgroundColor);
  const looks = ({ color, fontSize, fontWeight, fontStyle, textShadow, textDecorationLine }) =>
    [color, fontSize, fontWeight, fontStyle, textShadow, textDecorationLine];

  function around(link) {
    let block = link.parentElement;
    while (block.parentElement && style(block).display.startsWith("inline")) {
      block = block.parentElement;
    }
    const isAlone = block.textContent.trim() === link.textContent.trim();
    return isAlone ? ["alone"] : looks(style(block));
  }

  function kind(text) {
    const parts = [text.localName, text.type ?? "", ...looks(style(text))];
    const link = text.closest("a");
    if (link) parts.push(style(link).borderBottom, ...around(link));
    const place = text.getBoundingClientRect();
    let isOnGround = false;
    for (let one = text; one; one = one.parentElement) {
      const { backgroundColor, backgroundImage, opacity, filter, position } = style(one);
      parts.push(`${backgroundColor} ${backgroundImage} ${opacity} ${filter}`);
      if (!isOnGround && isOpaque(style(one))) {
        isOnGround = true;
        const ground = one.getBoundingClientRect();
        const isBeside = place.left < ground.left - 1 || place.right > ground.right + 1 ||
          place.top < ground.top - 1 || place.bottom > ground.bottom + 1;
        if (isBeside && one !== document.body && one !== document.documentElement) return null;
      }
      const isAbove = ["absolute", "fixed", "sticky"].includes(position);
      if (isAbove && (!isOnGround || opacity !== "1")) return null;
    }
    return JSON.stringify(parts.filter((part, at) => part !== parts[at - 1]));
  }

  function isShown(text) {
    const { width, height, right, bottom } = text.getBoundingClientRect();
    const isThere = text.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return isThere && width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0;
  }

  function hasColours(one) {
    if (one.matches(":disabled, option, [type=checkbox], [type=radio], [type=range]")) return false;
    const isField = one.matches("input, select, textarea");
    return isField || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  }

  const told = ({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`);
  const found = [];
  if (!colours) {
    const rules = Object.fromEntries(values.map((id) => [id, { enabled: false }]));
    const runOnly = { type: "tag", values: tags };
    const options = { runOnly, rules, resultTypes: ["violations"], preload };
    const result = await axe.run(but.length ? { exclude } : document, options);
    found.push(...result.violations.flatMap(told));
  }
  const before = new Set(passed);
  const include = [...document.querySelectorAll("body, body *")].filter((one) => {
    if (!hasColours(one) || !isShown(one) || but.some((part) => one.closest(part))) return false;
    return !before.has(kind(one));
  });
  if (!include.length) return [found, []];
  const options = {
    runOnly: { type: "rule", values },
    resultTypes: ["violations", "passes"],
    elementRef: true,
    preload,
  };
  const { violations, passes } = await axe.run({ include, exclude }, options);
  const good = passes.filter(({ id }) => id === "color-contrast").flatMap(({ nodes }) => nodes);
  const kinds = good.map(({ element }) => kind(element)).filter((one) => one !== null);
  return [[...found, ...violations.flatMap(told)], [...new Set(kinds)]];
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script of axe-core, which the policy of the pages would not let in by a tag."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe: str, *, colours: bool = False, but: tuple[str, ...] = ()) -> list[str]:
    """What is wrong on the page, or in its ``colours`` alone: rule, element, reason in a line.

    ``but``: selectors of parts that are left out.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found, passed = page.evaluate(RUN, [RULES, colours, but, sorted(PASSED)])
    PASSED.update(passed)
    return found


def in_both(page, axe: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """What is wrong on the page in light, and in dark: that changes nothing but colours."""
    page.emulate_media(color_scheme="light")
    found = violations(page, axe, but=but)
    page.emulate_media(color_scheme="dark")
    return found + violations(page, axe, colours=True, but=but)
