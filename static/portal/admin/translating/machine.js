// Asks the translation service for rows on the translator's press. What it says is offered beside the
// row, like a match of the memory; "fill the empty rows" puts it there too. Nothing is saved.

import { bodyFor, send } from "../saving/session.js";

const bar = document.querySelector("[data-machine-url]");
const AT_ONCE = 5;

const rowOf = (button) => button.closest("[data-row]");
const stateOf = (button) => button.closest(".row-offers").querySelector(".machine-state");
const fieldOf = (button) => rowOf(button).querySelector("textarea");

const tell = (place, words) => {
  place.textContent = words;
  place.hidden = !words;
};

// Answers by key, or `refused`, what to tell instead.
const ask = async (keys) => {
  const body = () => {
    const data = bodyFor(document.getElementById("translation"));
    keys.forEach((key) => data.append("rows", key));
    return data;
  };
  try {
    const headers = { Accept: "application/json" };
    const { response: answer, reason } = await send(bar.dataset.machineUrl, body, { headers });
    if (reason) return { refused: bar.dataset[reason] || bar.dataset.failed };
    const found = await answer.json();
    return answer.ok || found.refused ? found : { refused: bar.dataset.failed };
  } catch {
    return { refused: bar.dataset.failed };
  }
};

const offer = (button, text) => {
  const offers = button.closest(".row-offers");
  let list = offers.querySelector(".matches");
  if (!list) {
    list = document.createElement("ul");
    list.className = "matches";
    list.setAttribute("aria-label", bar.dataset.label);
    offers.append(list);
  }
  list.querySelector(".match-machine")?.remove();
  const match = document.getElementById("machine-match").content.cloneNode(
    true,
  );
  const use = match.querySelector("[data-offer]");
  use.dataset.offer = text;
  use.querySelector("span").textContent = text;
  list.prepend(match);
};

// Returns whether there is something to offer.
const take = (button, { text, refused = "" }) => {
  tell(stateOf(button), refused);
  if (refused) return false;
  offer(button, text);
  return true;
};

const busy = (buttons, is) =>
  buttons.forEach((button) => {
    button.disabled = is;
  });

const askFor = async (button) => {
  const key = button.dataset.machine;
  busy([button], true);
  tell(stateOf(button), bar.dataset.waiting);
  const { rows, refused } = await ask([key]);
  busy([button], false);
  take(button, rows ? rows[key] : { refused });
  if (rows?.[key].text) {
    button.closest(".row-offers").querySelector(".match-machine button").focus();
  }
};

const fill = (field, text) => {
  if (field.value.trim()) return false;
  field.setRangeText(text, 0, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};

const fillEmpty = async (starter) => {
  const state = bar.querySelector("[data-machine-state]");
  const open = [...document.querySelectorAll("[data-machine]")]
    .filter((button) => !fieldOf(button).value.trim());
  let filled = 0;
  busy([starter], true);
  for (let at = 0; at < open.length; at += AT_ONCE) {
    const some = open.slice(at, at + AT_ONCE);
    tell(
      state,
      bar.dataset.progress.replace("{done}", at).replace("{all}", open.length),
    );
    const keys = [...new Set(some.map((button) => button.dataset.machine))];
    const { rows, refused } = await ask(keys);
    if (!rows) {
      busy([starter], false);
      tell(state, refused);
      return;
    }
    for (const button of some) {
      const { text, refused } = rows[button.dataset.machine];
      if (text && fill(fieldOf(button), text)) {
        filled += 1;
        tell(stateOf(button), bar.dataset.read);
      } else take(button, { text, refused });
    }
  }
  busy([starter], false);
  tell(state, bar.dataset.done.replace("{number}", filled));
};

if (bar) {
  // That somebody is signed out is true no longer.
  document.getElementById("translation").addEventListener("session:back", () => {
    document.querySelectorAll(".machine-state, [data-machine-state]").forEach((place) => {
      if (place.textContent === bar.dataset.signedOut) tell(place, "");
    });
  });
  document.querySelectorAll("[data-machine]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => askFor(button));
  });
  const starter = bar.querySelector("[data-machine-fill]");
  starter.hidden = false;
  starter.addEventListener("click", () => fillEmpty(starter));
}
