// Lists on a phone: rows stand below each other, so each cell says which column it is of. What the
// list is narrowed by stands before the rows there, behind a button.

const NOTHING = new Set(["", "-", "–"]);

/** Note on the cells of a list what their columns are called, and which hold nothing. */
const label = (table) => {
  const names = [...table.tHead.rows[0].cells].map((cell) =>
    cell.querySelector(".text")?.textContent.trim() ?? ""
  );
  for (const row of table.tBodies[0].rows) {
    [...row.cells].forEach((cell, number) => {
      const isWordless = !cell.querySelector("img, input, select, svg");
      if (isWordless && NOTHING.has(cell.textContent.trim())) cell.dataset.nothing = "";
      else if (cell.tagName === "TD" && names[number]) cell.dataset.label = names[number];
    });
  }
  table.dataset.cards = "";
};

const table = document.getElementById("result_list");
if (table?.tHead && table.tBodies.length) label(table);

const opener = document.querySelector(".filters-button");
const filters = document.getElementById("changelist-filter");

/** Put the filters where the width has room for them: beside the rows, or below their button. */
const place = (isNarrow) => {
  opener.hidden = !isNarrow;
  filters.hidden = isNarrow && opener.getAttribute("aria-expanded") !== "true";
  if (isNarrow) opener.after(filters);
  else document.getElementById("changelist").append(filters);
};

if (opener && filters) {
  const narrow = matchMedia("(max-width: 1199px)");
  opener.addEventListener("click", () => {
    opener.setAttribute("aria-expanded", String(filters.hidden));
    place(narrow.matches);
  });
  narrow.addEventListener("change", () => place(narrow.matches));
  place(narrow.matches);
}
