// The toolbar as one stop of the Tab key (arrows lead from button to button), the panels that it opens
// (the size of a table, the kind of an alert, a snippet) and the dialog in which a link is chosen.

import { alert, link, snippet, table } from "./commands.js";

(() => {
  const form = document.getElementById("article_form");
  const bar = form?.querySelector(".toolbar");
  if (!bar || !form.classList.contains("may-edit") || !globalThis.CodeMirror) return;
  const run = (command) =>
    form.dispatchEvent(new CustomEvent("editor:run", { detail: { run: command } }));
  const current = () => {
    const asked = new CustomEvent("editor:current", { detail: {} });
    form.dispatchEvent(asked);
    return asked.detail;
  };

  const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
  // Arrows lead through `all`, of which one has the focus; rows of `columns`, if there are several.
  const lead = (event, all, columns = 1) => {
    const place = all.indexOf(document.activeElement);
    if (place < 0) return null;
    const isUpright = event.key === "ArrowDown" || event.key === "ArrowUp";
    let next = null;
    if (event.key === "Home") next = 0;
    else if (event.key === "End") next = all.length - 1;
    else if (STEPS[event.key]) next = place + STEPS[event.key] * (isUpright ? columns : 1);
    if (next === null) return null;
    event.preventDefault();
    if (columns > 1 && !all[next]) return null;
    return all[(next + all.length) % all.length];
  };

  const buttons = () => [...bar.querySelectorAll("button[data-command]")];
  const stopAt = (one) => {
    buttons().forEach((button) => (button.tabIndex = button === one ? 0 : -1));
  };
  stopAt(buttons()[0]);
  bar.addEventListener("focusin", (event) => {
    const button = event.target.closest("button[data-command]");
    if (button) stopAt(button);
  });
  bar.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });

  const panels = [...bar.querySelectorAll(".toolbar-panel")];
  const buttonOf = (panel) => panel.parentElement.querySelector("button[data-command]");
  const show = (panel, isOpen) => {
    panels.forEach((one) => {
      one.hidden = one !== panel || !isOpen;
      buttonOf(one).setAttribute("aria-expanded", String(!one.hidden));
    });
    if (isOpen) panel.querySelector("button").focus();
  };
  const close = () => show(null, false);

  const sizes = bar.querySelector("[data-sizes]");
  const said = sizes.querySelector("[data-size]");
  const columns = Number(sizes.dataset.columns);
  const cells = [...sizes.querySelectorAll("button")];
  const sizeOf = (cell) => {
    const place = cells.indexOf(cell);
    return { rows: Math.floor(place / columns) + 1, across: place % columns + 1 };
  };
  const mark = (cell) => {
    const { rows, across } = sizeOf(cell);
    cells.forEach((one) => {
      const size = sizeOf(one);
      one.classList.toggle("is-in", size.rows <= rows && size.across <= across);
    });
    said.textContent = cell.getAttribute("aria-label");
  };
  ["focusin", "mouseover"].forEach((name) =>
    sizes.addEventListener(name, (event) => {
      if (cells.includes(event.target)) mark(event.target);
    })
  );

  bar.addEventListener("keydown", (event) => {
    const panel = event.target.closest(".toolbar-panel");
    if (event.key === "Escape" && panel) {
      buttonOf(panel).focus();
      close();
      return;
    }
    const next = panel
      ? lead(event, [...panel.querySelectorAll("button")], panel === sizes ? columns : 1)
      : lead(event, buttons());
    next?.focus();
  });
  bar.addEventListener("focusout", (event) => {
    const isInside = event.relatedTarget?.closest?.(".toolbar-more");
    if (!isInside) close();
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const panel = button?.closest(".toolbar-panel");
    if (panel === sizes) {
      const { rows, across } = sizeOf(button);
      close();
      run(table(rows, across, sizes.dataset.column));
    } else if (panel) {
      close();
      run(("snippets" in panel.dataset ? snippet : alert)(button.value));
    } else if (button?.dataset.command === "link") ask();
    else if (button) {
      const own = button.parentElement.querySelector(":scope > .toolbar-panel");
      show(own, Boolean(own?.hidden));
    }
  });

  // The picker: words are searched among the portal's own articles, an address is taken as it is.
  const dialog = document.getElementById("link-picker");
  const input = dialog.querySelector("[data-link-query]");
  const words = dialog.querySelector("[data-link-words]");
  const list = dialog.querySelector("[data-link-found]");
  const none = dialog.querySelector("[data-link-none]");
  const ADDRESS = /^(https?:|mailto:|tel:|\/|#)\S*$/;
  let soon = 0;
  let title = "";

  const ask = () => {
    const selected = current().words;
    const isAddress = ADDRESS.test(selected);
    input.value = isAddress ? selected : "";
    words.value = isAddress ? "" : selected;
    title = "";
    list.replaceChildren();
    none.hidden = true;
    dialog.showModal();
    if (!isAddress && selected) find(selected);
  };
  const insert = (address, name) => {
    dialog.close();
    run(link(address, words.value.trim() || name || address));
  };
  const fetched = async (query) => {
    const language = form.dataset.language;
    const address = `${dialog.dataset.url}?${new URLSearchParams({ ...query, language })}`;
    const response = await fetch(address);
    return response.ok && !response.redirected ? (await response.json()).found : [];
  };
  const rowOf = ({ name, fact, key, url, level }) => {
    const row = document.createElement("li");
    const button = document.createElement("button");
    const label = document.createElement("span");
    button.type = "button";
    label.textContent = name;
    button.append(label);
    if (fact) {
      const hint = document.createElement("span");
      hint.className = "hint";
      hint.textContent = fact;
      button.append(hint);
    }
    if (level) button.dataset.level = level;
    button.addEventListener("click", () => (key ? places(key, name) : insert(url, title || name)));
    row.append(button);
    return row;
  };
  const find = async (query) => {
    const found = await fetched({ q: query }).catch(() => []);
    list.replaceChildren(...found.map(rowOf));
    none.hidden = found.length > 0;
  };
  // An article was chosen: now it is asked for the place in it.
  const places = async (article, name) => {
    title = name;
    const found = await fetched({ article }).catch(() => []);
    list.replaceChildren(...found.map(rowOf));
    list.querySelector("button")?.focus();
  };
  input.addEventListener("input", () => {
    clearTimeout(soon);
    const query = input.value.trim();
    if (!query || ADDRESS.test(query)) list.replaceChildren();
    else soon = setTimeout(find, 200, query);
  });
  dialog.addEventListener("keydown", (event) => {
    const rows = [input, ...list.querySelectorAll("button")];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") lead(event, rows)?.focus();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const query = input.value.trim();
    if (ADDRESS.test(query)) insert(query);
    else list.querySelector("button")?.click();
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => setTimeout(() => run(() => {})));
})();
