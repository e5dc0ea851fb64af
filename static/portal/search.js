// The search box: one line with suggestions, or as many lines as were pasted. Without scripts
// it is a plain text area whose form is sent as it is.

import { fitsAddress, hasLines, isSuggestedFor, LIMITS, withNewest } from "./queries.js";
import { KEYS, readJson, writeJson } from "./storage.js";

const WAIT = 120; // milliseconds without a key before a request

// Of the last searches only what was typed is kept, in this browser: a pasted text never is.
function sendAsFits(form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // a facet, with a posted text
    const text = form.elements.q.value;
    const typed = fitsAddress(text);
    form.method = typed ? "get" : "post";
    if (typed && text.trim()) {
      writeJson(KEYS.searches, withNewest(readJson(KEYS.searches), text.trim()));
    }
  });
}

// A single line is a combobox; pasted lines turn it into the text area it was. `shape.field` is
// what is shown at the moment.
function shapeOf(form) {
  const area = form.querySelector("textarea");
  const line = document.createElement("input");
  for (const { name, value } of area.attributes) {
    if (name !== "rows" && name !== "autofocus") line.setAttribute(name, value);
  }
  line.type = "text";
  const shape = { field: area, line, area };
  shape.show = (field, text) => {
    const old = shape.field;
    const focused = document.activeElement === old;
    const place = old.selectionStart;
    field.value = text ?? old.value;
    if (field !== old) old.replaceWith(field);
    shape.field = field;
    if (!focused) return;
    field.focus();
    field.setSelectionRange(
      ...(text === undefined ? [place, place] : [field.value.length, field.value.length]),
    );
  };
  const take = (event, data) => {
    const text = data?.getData("text/plain") ?? "";
    if (!hasLines(text)) return;
    event.preventDefault();
    line.focus();
    const before = line.value.slice(0, line.selectionStart);
    shape.show(area, before + text + line.value.slice(line.selectionEnd));
    grow(area);
  };
  line.addEventListener("paste", (event) => take(event, event.clipboardData));
  line.addEventListener("drop", (event) => take(event, event.dataTransfer));
  area.addEventListener("input", () => {
    grow(area);
    if (!area.value) shape.show(line);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  if (!area.value.trim().includes("\n")) {
    shape.show(line, area.value.trim());
    if (area.autofocus && document.activeElement === document.body) line.focus();
  }
  return shape;
}

// Where the style sheet cannot make the area as tall as its text, rows do.
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.rows = Math.min(12, area.value.split("\n").length);
}

// Suggestions: ARIA Authoring Practices, combobox with list autocomplete.
function suggest(form, { line }) {
  const list = document.createElement("ul");
  const said = document.createElement("span");
  list.id = `${line.id}-list`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.list);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  form.append(list, said);
  for (
    const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", list.id],
    ]
  ) line.setAttribute(name, value);

  let active = -1;
  let timer = 0;
  let request = null;
  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    active = -1;
    line.setAttribute("aria-expanded", "false");
    line.removeAttribute("aria-activedescendant");
  };
  const stop = () => {
    clearTimeout(timer);
    request?.abort();
  };
  const mark = (place) => {
    const all = options();
    active = (place + all.length) % all.length;
    all.forEach((option, number) =>
      option.setAttribute("aria-selected", String(number === active))
    );
    line.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  const choose = (option) => {
    stop();
    line.value = option.dataset.text;
    close();
    form.requestSubmit();
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, number) => {
      const option = document.createElement("li");
      const kind = document.createElement("span");
      const text = document.createElement(one.kind === "code" ? "code" : "span");
      kind.className = "suggestion-kind";
      kind.textContent = form.dataset[one.kind];
      text.textContent = one.text;
      if (one.language) text.lang = one.language;
      option.id = `${list.id}-${number}`;
      option.dataset.text = one.text;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(text, " ", kind);
      return option;
    }));
    close();
    said.textContent = found.length ? form.dataset.some : form.dataset.none;
    list.hidden = !found.length;
    line.setAttribute("aria-expanded", String(found.length > 0));
  };
  const ask = async () => {
    const text = line.value.trim();
    if (!isSuggestedFor(text)) return close();
    request = new AbortController();
    const { signal } = request;
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      if (!signal.aborted && document.activeElement === line) show(suggestions);
    } catch { /* stale, or offline: the box works without */ }
  };
  line.addEventListener("input", () => {
    stop();
    if (line.value.trim().length < LIMITS.shortest) return close();
    timer = setTimeout(ask, WAIT);
  });
  line.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) return event.key === "ArrowDown" ? ask() : undefined;
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    }
  });
  line.addEventListener("blur", () => {
    stop();
    close();
  });
  form.addEventListener("submit", () => {
    stop();
    close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

for (const form of document.querySelectorAll("form.search-box")) {
  const shape = shapeOf(form);
  sendAsFits(form);
  suggest(form, shape);
}

// "/" goes to the box, unless something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  const field = document.querySelector("form.search-box [name=q]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// Which hit was opened, for the editors' report of what readers find. Nothing about the reader.
(() => {
  const page = document.querySelector("[data-entry]");
  if (!page || !navigator.sendBeacon) return;
  const tell = (event) => {
    const link = event.target.closest("[data-article]");
    if (!link || (event.type === "auxclick" && event.button !== 1)) return;
    const { entry, chosen } = page.dataset;
    navigator.sendBeacon(chosen, new URLSearchParams({ entry, article: link.dataset.article }));
  };
  page.addEventListener("click", tell);
  page.addEventListener("auxclick", tell);
})();

// A status that is there from the start is not announced: say it once more.
document.querySelectorAll(".results [role=status]").forEach((status) => {
  requestAnimationFrame(() => status.replaceChildren(status.textContent));
});
