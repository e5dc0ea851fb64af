// The slash menu: "/" at the beginning of a line offers what the toolbar does, narrowed by what is
// typed after it. The focus stays in the text; arrows, Enter and Escape work as in a list box.

// What stands in a line before its words: indents, marks of lists and of quotations.
const BEGINNING = /^\s*(?:(?:[-*+]|\d+[.)]|>)\s+)*\/([\p{L}\p{M}' ’-]{0,30})$/u;

// What is asked for in a line up to the cursor: "" for all, null where no menu is asked for.
export function askedFor(before) {
  const [, words] = BEGINNING.exec(before) ?? [];
  return words === undefined || /^\s/.test(words) ? null : words;
}

const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// The names of which a word begins so, whatever the accents and capitals; the first words first.
export function matching(names, asked) {
  const wanted = folded(asked).trim();
  const place = (name) => ` ${folded(name)}`.replace(/[^\p{L}]+/gu, " ").indexOf(` ${wanted}`);
  return names
    .map((name, number) => ({ number, at: wanted ? place(name) : 0 }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => (one.at > 0) - (other.at > 0) || one.number - other.number)
    .map(({ number }) => number);
}

// Give an editor of CodeMirror the menu. `entries` returns what there is: {name, icon, run}.
export function addSlashMenu(editor, { label, entries, isInCode }) {
  const field = editor.getInputField();
  const list = document.createElement("ul");
  list.className = "slash-menu";
  list.id = `slash-${editor.getTextArea().id}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.tabIndex = 0; // it scrolls
  list.hidden = true;
  editor.getWrapperElement().after(list);
  let shown = [];
  let place = 0;

  const mark = (next) => {
    place = (next + shown.length) % shown.length;
    [...list.children].forEach((row, number) =>
      row.setAttribute("aria-selected", String(number === place))
    );
    field.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    if (list.hidden) return;
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
    editor.removeKeyMap(keys);
  };
  const choose = (entry) => {
    const { line, ch } = editor.getCursor();
    const from = editor.getLine(line).slice(0, ch).lastIndexOf("/");
    close();
    editor.replaceRange("", { line, ch: from }, { line, ch });
    entry.run();
  };
  const keys = {
    Up: () => mark(place - 1),
    Down: () => mark(place + 1),
    Enter: () => choose(shown[place]),
    Tab: () => choose(shown[place]),
    Esc: close,
  };
  const rowOf = ({ name, icon }, number) => {
    const row = document.createElement("li");
    row.id = `${list.id}-${number}`;
    row.setAttribute("role", "option");
    if (icon) row.append(icon.cloneNode(true));
    row.append(name);
    return row;
  };
  // Beside the cursor: below it, or above it where that is too little room.
  const stand = () => {
    const { left, top, bottom } = editor.cursorCoords(true, "window");
    const isBelow = bottom + list.offsetHeight + 8 < innerHeight || top < list.offsetHeight;
    list.style.left = `${Math.max(8, Math.min(left, innerWidth - list.offsetWidth - 8))}px`;
    list.style.top = `${isBelow ? bottom + 4 : top - list.offsetHeight - 4}px`;
  };
  const show = (asked) => {
    const all = entries();
    shown = matching(all.map(({ name }) => name), asked).map((number) => all[number]);
    if (!shown.length) return close();
    list.replaceChildren(...shown.map(rowOf));
    if (list.hidden) {
      list.hidden = false;
      field.setAttribute("aria-controls", list.id);
      editor.addKeyMap(keys);
    }
    stand();
    mark(0);
  };
  const look = (isTyped) => {
    const { line, ch } = editor.getCursor();
    const asked = editor.somethingSelected() ? null : askedFor(editor.getLine(line).slice(0, ch));
    const isAsked = asked !== null && !isInCode(editor.getValue().split("\n"), line);
    if (isAsked && (isTyped || !list.hidden)) show(asked);
    else close();
  };

  editor.on("change", (_, { origin }) => look(origin === "+input" || origin === "+delete"));
  editor.on("cursorActivity", () => !list.hidden && look(false));
  editor.on("blur", close);
  addEventListener("scroll", ({ target }) => !list.hidden && target !== list && stand(), {
    capture: true,
    passive: true,
  });
  // The press must not take the focus out of the text.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) choose(shown[[...list.children].indexOf(row)]);
  });
}
