// The frame of the administration: the search over everything (Ctrl+K), saving (Ctrl+S), the navigation where it does
// not stand beside the page, the menus of the account and of an article.

(() => {
  const menu = document.querySelector(".shell-menu");
  const nav = document.getElementById("shell-nav");
  const form = document.querySelector("[data-everything]");

  if (menu && nav) {
    menu.hidden = false;
    const show = (isOpen) => {
      nav.classList.toggle("is-open", isOpen);
      menu.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) nav.querySelector("a")?.focus();
    };
    menu.addEventListener("click", () => show(!nav.classList.contains("is-open")));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !nav.classList.contains("is-open")) return;
      show(false);
      menu.focus();
    });
    document.addEventListener("click", (event) => {
      if (!nav.contains(event.target) && !menu.contains(event.target)) show(false);
    });
  }

  document.querySelectorAll(".shell-account, .form-menu").forEach((opened) => {
    document.addEventListener("click", (event) => {
      if (!opened.contains(event.target)) opened.open = false;
    });
    opened.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !opened.open) return;
      opened.open = false;
      opened.querySelector("summary").focus();
    });
  });

  // Ctrl+S saves whatever form is shown.
  document.addEventListener("keydown", (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey &&
      event.key.toLowerCase() === "s";
    const save = isSave && document.querySelector("#content [name=_save]");
    if (!save) return;
    event.preventDefault();
    save.form.requestSubmit(save);
  });

  // In a form in which texts are written, Enter in a field of one line goes on to the next field: it
  // would save what is half written.
  const ofOneLine =
    "#content form[method=post] input:not([type=submit], [type=button], [type=file])";
  document.addEventListener("keydown", (event) => {
    const { target: field, key, isComposing, defaultPrevented } = event;
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
    if (key !== "Enter" || isComposing || defaultPrevented || !isPlain) return;
    if (!field.matches?.(ofOneLine) || !field.form.querySelector("textarea")) return;
    event.preventDefault();
    const fields = [...field.form.elements].filter((one) =>
      one === field || (one.matches("input:not([type=hidden]), select, textarea") && !one.disabled)
    );
    const next = fields.slice(fields.indexOf(field) + 1)
      .find((one) => one.checkVisibility() || one.matches("textarea.markdown"));
    // An editor stands in the place of its text area, and is entered by its label.
    if (next?.checkVisibility()) next.focus();
    else next?.labels[0]?.click();
  });

  if (!form) return;
  const input = form.querySelector("input");
  const panel = form.querySelector("[data-found]");
  const number = form.querySelector("[data-found-number]");
  let asked = "";
  let soon = 0;

  const hide = () => {
    panel.hidden = true;
  };
  const show = async () => {
    const words = input.value.trim();
    if (words.length < 2) {
      asked = "";
      hide();
      return;
    }
    if (words !== asked) {
      asked = words;
      try {
        const address = `${form.action}?${new URLSearchParams({ q: words, part: "1" })}`;
        const response = await fetch(address);
        if (!response.ok || response.redirected) return;
        const text = await response.text();
        if (words !== input.value.trim()) return;
        // Rendered and escaped by the portal; a parser that runs nothing reads it.
        const parsed = new DOMParser().parseFromString(text, "text/html");
        panel.replaceChildren(...parsed.body.children);
        number.textContent = panel.querySelector("[data-number]")?.dataset.number || "";
      } catch {
        asked = "";
        return;
      }
    }
    panel.hidden = !form.contains(document.activeElement);
  };
  input.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 150);
  });
  input.addEventListener("focus", show);
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) hide();
  });
  form.addEventListener("keydown", (event) => {
    const links = panel.hidden ? [] : [...panel.querySelectorAll("a")];
    const place = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) {
      links[Math.min(place + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && place >= 0) (links[place - 1] || input).focus();
    else if (event.key === "Escape" && !panel.hidden) {
      input.focus();
      hide();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const isAsked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey &&
      event.key.toLowerCase() === "k";
    if (!isAsked || event.defaultPrevented) return; // a text that is written has Ctrl+K for a link
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
