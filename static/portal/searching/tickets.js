// A ticket is marked here before anything of it is sent; in a frame, articles fill a reply.

import { personalIn, withoutPersonal } from "./personal.js";

const page = document.querySelector("[data-tickets]");
const form = page.querySelector("[data-ticket-form]");
const field = form.querySelector("textarea");
const shown = form.querySelector("[data-marked]");
const count = form.querySelector("[data-count]");
const { hidden } = page.dataset;
const patterns = JSON.parse(page.dataset.patterns);

function mark() {
  const text = field.value;
  const found = personalIn(text, patterns);
  const parts = [];
  let last = 0;
  for (const { start, end } of found) {
    const part = document.createElement("mark");
    part.textContent = text.slice(start, end);
    parts.push(text.slice(last, start), part);
    last = end;
  }
  shown.replaceChildren(...parts, text.slice(last));
  shown.hidden = !found.length;
  count.textContent = found.length
    ? page.dataset.leaves.replace(
      "{number}",
      found.length.toLocaleString(document.documentElement.lang),
    )
    : "";
}

field.addEventListener("input", mark);
form.addEventListener("submit", () => {
  field.value = withoutPersonal(field.value, patterns, hidden);
  mark();
});
mark();

// In a frame: who shows it says hello, and from then on is told what an agent chooses.
const origins = JSON.parse(page.dataset.origins || "[]");
let desk = "";

function take({ source, origin, data }) {
  if (source !== parent || source === window || !origins.includes(origin) || !data) return;
  if (data.type === "kbportal:hello") {
    desk = origin;
    document.querySelectorAll("[data-fill]").forEach((button) => button.hidden = false);
    parent.postMessage({ type: "kbportal:ready" }, desk);
  } else if (data.type === "kbportal:search" && typeof data.query === "string") {
    const search = page.querySelector("[data-search-form]");
    search.elements.q.value = data.query;
    search.requestSubmit();
  } else if (data.type === "kbportal:ticket" && typeof data.text === "string") {
    field.value = data.text;
    field.closest("details")?.setAttribute("open", "");
    mark();
    form.querySelector("[type=submit]").scrollIntoView({ block: "nearest" });
  }
}

async function note(number, notation) {
  const { lang } = document.documentElement;
  const address = `/api/v1/articles/${number}/note/?form=${notation}&language=${lang}`;
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).text;
}

async function fill({ currentTarget: button }) {
  const { fill: number, title, url } = button.dataset;
  const status = page.querySelector("[data-status]");
  try {
    const [text, html] = await Promise.all([note(number, "plain"), note(number, "html")]);
    const message = { type: "kbportal:fill", article: Number(number), title, url, text, html };
    parent.postMessage(message, desk);
    status.textContent = page.dataset.filled;
  } catch {
    status.textContent = page.dataset.failed;
  }
}

if (origins.length) {
  addEventListener("message", take);
  document.querySelectorAll("[data-fill]").forEach((button) =>
    button.addEventListener("click", fill)
  );
}
