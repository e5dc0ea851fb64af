// Names what Django's scripts leave without a name for those who do not see the page: the fields with
// suggestions, and the signs beside the fields that narrow a list.

const NAMED = ".select2-selection, .select2-selection__rendered, .select2-search__field";

const nameSuggestions = () =>
  document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
    const name = document.querySelector(`label[for="${select.id}"]`)?.textContent.trim();
    const shown = select.nextElementSibling;
    if (!name || !shown?.matches(".select2")) return;
    shown.querySelectorAll(NAMED).forEach((part) => {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", name.replace(/\s*:$/, ""));
    });
  });

const nameSigns = () =>
  document.querySelectorAll("span.help-tooltip[aria-label]").forEach((sign) => {
    sign.setAttribute("role", "img");
  });

// Django's begin when the page is loaded, by jQuery some time after; what it was asked first, it does
// first.
addEventListener("load", () => {
  nameSigns();
  globalThis.django?.jQuery?.(nameSuggestions);
});
