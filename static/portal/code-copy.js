// Buttons that copy code. A block has its button in its corner; code in a sentence that nobody should
// retype is copied by a click on it too, which is all that a finger has.

import { copy } from "./article.js";
import { commandOf, isWorthCopying } from "./commands.js";

const model = document.querySelector("template#code-copy").content.firstElementChild;

function button(code) {
  const made = model.cloneNode(true);
  const text = () => commandOf(code.textContent);
  made.lang = document.documentElement.lang;
  made.querySelector(".visually-hidden").append(` ${text().split("\n")[0].slice(0, 60)}`);
  made.addEventListener("click", () => copy(text(), made));
  return made;
}

document.querySelectorAll(".prose pre").forEach((block) => {
  const box = document.createElement("div");
  box.className = "code-block";
  block.replaceWith(box);
  box.append(block, button(block));
});

document.querySelectorAll(".prose code:not(pre *, a *, .menu-path *, .error-code)").forEach(
  (code) => {
    if (!isWorthCopying(code.textContent)) return;
    const place = document.createElement("span");
    place.className = "code-inline";
    place.dataset.added = "";
    const made = button(code);
    place.append(made);
    code.after(place);
    code.classList.add("copied-by-click");
    code.addEventListener("click", () => {
      if (getSelection().isCollapsed) made.click();
    });
  },
);
