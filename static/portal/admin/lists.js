// Lists on a phone: rows stand below each other, so each cell says which column it is of.

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
