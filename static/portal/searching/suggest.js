// Suggestions below the search box: ARIA Authoring Practices, combobox with list autocomplete.

import { isSuggestedFor, LIMITS } from "./queries.js";

const WAIT = 120; // milliseconds without a key before a request

export function suggest(form, line) {
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
    close();
    if (option.dataset.url) {
      location.assign(option.dataset.url);
      return;
    }
    line.value = option.dataset.text;
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
      if (one.url) option.dataset.url = one.url;
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
  // What was typed before this script had come.
  if (line.value !== line.defaultValue && document.activeElement === line) ask();
}
