// A box above a long list of values: what is typed narrows the list. Without scripts there is none.

import { holds } from "./narrowing.js";

document.querySelectorAll(".facet-find").forEach((part) => {
  const box = part.querySelector("input");
  const status = part.querySelector("[role=status]");
  const items = [...part.closest(".facet").querySelectorAll("li")];
  const narrow = () => {
    items.forEach((item) => {
      item.hidden = !holds(item.querySelector(".facet-name").textContent, box.value);
    });
    status.textContent = items.every((item) => item.hidden) ? status.dataset.none : "";
  };
  box.addEventListener("input", narrow);
  part.hidden = false;
  narrow(); // a browser that goes back puts back what was typed
});
