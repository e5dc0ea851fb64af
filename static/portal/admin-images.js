// Images that are pasted, dropped or chosen are stored, and named in the text where the cursor is.
(() => {
  const form = document.getElementById("article_form");
  const address = form?.dataset.upload;
  const chooser = form?.querySelector("[data-image]");
  if (!form || !form.classList.contains("may-edit")) return;
  if (!address) {
    form.querySelector("[data-command=image]")?.remove();
    return;
  }
  const state = form.querySelector(".toolbar-state");

  const areaOf = (target) => {
    const own = target?.closest?.(".text-field")?.querySelector("textarea.markdown");
    if (own) return own;
    const asked = new CustomEvent("editor:current", { detail: {} });
    form.dispatchEvent(asked);
    return asked.detail.area;
  };

  const store = async (file, area) => {
    const body = new FormData();
    body.set("image", file);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    state.textContent = state.dataset.busy;
    try {
      const response = await fetch(address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      const answer = response.headers.get("Content-Type")?.includes("json")
        ? await response.json()
        : {};
      state.textContent = response.ok && answer.markdown
        ? answer.notice || ""
        : answer.error || state.dataset.failed;
      if (response.ok && answer.markdown) {
        area.dispatchEvent(new CustomEvent("editor:insert", { detail: answer.markdown }));
      }
    } catch {
      state.textContent = state.dataset.failed;
    }
  };

  const take = (files, event) => {
    const images = [...(files || [])].filter((file) => file.type.startsWith("image/"));
    if (!images.length) return;
    event.preventDefault();
    const area = areaOf(event.target);
    images.forEach((file) => store(file, area));
  };

  form.addEventListener("paste", (event) => {
    if (!event.isOfWords) take(event.clipboardData?.files, event);
  }, true);
  form.addEventListener("drop", (event) => take(event.dataTransfer?.files, event), true);
  chooser.addEventListener("change", (event) => {
    take(chooser.files, event);
    chooser.value = "";
  });
})();
