// Buttons that copy code. A block has its button in its corner; code in a sentence that nobody should
// retype is copied by a click on it too, which is all that a finger has.

import { commandOf, isWorthCopying } from "./commands.js";

const SENTENCE = ".prose code:not(pre *, a *, .menu-path *, .error-code)";
const model = document.querySelector("template#code-copy").content.firstElementChild;
let areAdded = false;

// Once; ``copy`` takes a text and the button. It is given, since collected files allow no circle.
export function addButtons(copy) {
  if (areAdded) return;
  areAdded = true;
  const button = (code) => {
    const made = model.cloneNode(true);
    const text = () => commandOf(code.textContent);
    made.lang = document.documentElement.lang;
    made.querySelector(".visually-hidden").append(` ${text().split("\n")[0].slice(0, 60)}`);
    made.addEventListener("click", () => copy(text(), made));
    return made;
  };
  document.querySelectorAll(".prose pre").forEach((block) => {
    const box = document.createElement("div");
    box.className = "code-block";
    block.replaceWith(box);
    box.append(block, button(block));
  });
  const codes = [...document.querySelectorAll(SENTENCE)];
  codes.filter((code) => isWorthCopying(code.textContent)).forEach((code) => {
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
  });
}
