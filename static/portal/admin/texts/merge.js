// Two texts brought together: a choice for each conflict puts the result into the field below.

import { renumber } from "../editing/texts.js";

(() => {
  const form = document.getElementById("merge");
  if (!form) return;

  const chosen = (region) => region.querySelector("input:checked")?.value ?? "both";

  const compose = (part) => {
    const texts = [...part.querySelectorAll("[data-region]")].map((region) => {
      if (!region.dataset.conflict) return region.dataset.mine;
      const choice = chosen(region);
      return region.dataset[choice === "edit" ? "both" : choice];
    });
    const isLine = part.dataset.section === "title";
    const text = texts.filter((one) => one.trim()).join(isLine ? " " : "\n\n");
    return isLine ? text : renumber(text);
  };

  // A choice that is still open must be seen to be made.
  form.addEventListener("invalid", ({ target }) => {
    target.closest("details").open = true;
  }, true);

  form.querySelectorAll(".merge-part").forEach((part) => {
    const fieldsets = part.querySelectorAll(".choices");
    if (!fieldsets.length) return;
    const field = part.querySelector("textarea, input[type=text]");
    const said = part.querySelector(".merge-said");
    part.querySelector("[data-without-choices]").hidden = true;
    fieldsets.forEach((fieldset) => {
      fieldset.hidden = false;
      fieldset.querySelectorAll("input").forEach((input) => {
        input.required = true;
      });
    });
    let composed = field.value;
    part.addEventListener("change", ({ target }) => {
      if (!target.name?.startsWith("choice-")) return;
      said.textContent = "";
      if (target.value === "edit") {
        field.focus();
      } else if (field.value === composed) {
        composed = compose(part);
        field.value = composed;
      } else {
        said.textContent = form.dataset.edited;
        target.closest(".choices").querySelector("[value=edit]").checked = true;
      }
    });
  });
})();
