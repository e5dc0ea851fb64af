// What an article gains with scripts: copying, addresses of steps, pictures in full size.

export const said = document.querySelector("[data-said]");

// Tells those who hear the page and those who see it, and marks the button that was pressed. Each
// message is a line of its own, so that one which follows at once does not wipe out the one before.
export function say(text, button) {
  if (said) {
    const line = document.createElement("p");
    line.textContent = text;
    said.append(line);
    while (said.childElementCount > 4) said.firstElementChild.remove();
  }
  if (!button) return;
  button.dataset.state = "copied";
  setTimeout(() => {
    delete button.dataset.state;
  }, 1600);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    say(said.dataset.copied, button);
  } catch {
    say(said.dataset.notCopied);
  }
}

// The words of an element on one line, without what scripts added; no-break spaces stay.
function wordsOf(element) {
  const clone = element.cloneNode(true);
  clone.querySelectorAll("[data-added], .substeps").forEach((part) => part.remove());
  clone.querySelectorAll("p, li, td, div, br").forEach((part) => part.append(" "));
  return clone.textContent.replace(/[^\S\u00a0\u202f]+/g, " ").trim();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button.dataset.copy, button);
});

// Steps: an address and a copy button each.
export const steps = [...document.querySelectorAll(".step[id], .substep[id]")];
const tools = document.querySelector("template#step-tools");
steps.forEach((step) => {
  const added = tools.content.firstElementChild.cloneNode(true);
  added.dataset.added = "";
  added.lang = document.documentElement.lang;
  added.querySelector(".step-link").href = `#${step.id}`;
  const button = added.querySelector(".copy-button");
  button.addEventListener("click", () => copy(wordsOf(step), button));
  step.append(added);
});

// Ways through menus are copied as one.
document.querySelectorAll(".menu-path").forEach((path) => {
  path.addEventListener("click", () => copy(wordsOf(path)));
});

// Pictures open large.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".figure-link");
  if (!link) return;
  const box = document.querySelector(".lightbox");
  const large = box.querySelector("img");
  event.preventDefault();
  large.src = link.href;
  large.alt = link.querySelector("img").alt;
  box.showModal();
});
