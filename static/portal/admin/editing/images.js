// Images that are pasted, dropped or chosen are stored, and named in the text where the cursor is (a
// dropped one where it was dropped), once somebody has said what they show.

import { bodyFor, send } from "../saving/session.js";

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
  const dialog = document.getElementById("image-words");
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close("cancel"));
  form.querySelector("[data-command=image]").addEventListener("click", () => chooser.click());

  const areaOf = (target) => {
    const own = target?.closest?.(".text-field")?.querySelector("textarea.markdown");
    if (own) return own;
    const asked = new CustomEvent("editor:current", { detail: {} });
    form.dispatchEvent(asked);
    return asked.detail.area;
  };

  const store = async (file) => {
    const body = () => {
      const data = bodyFor(form);
      data.set("image", file);
      return data;
    };
    state.textContent = state.dataset.busy;
    try {
      const headers = { Accept: "application/json" };
      const { response, reason } = await send(address, body, { headers });
      const answer = response.headers.get("Content-Type")?.includes("json")
        ? await response.json()
        : {};
      state.textContent = response.ok && answer.markdown
        ? answer.notice || ""
        : answer.error || state.dataset[reason] || state.dataset.failed;
      return response.ok && answer.markdown ? answer : null;
    } catch {
      state.textContent = state.dataset.failed;
      return null;
    }
  };

  // Asks what the picture shows, for those who do not see it. Null: it is not wanted after all.
  const ask = (address) => {
    const picture = dialog.querySelector("img");
    const words = dialog.querySelector("input");
    picture.src = address;
    words.value = "";
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((done) => {
      dialog.addEventListener("close", () => {
        const isWanted = dialog.returnValue === "insert";
        done(isWanted ? words.value.trim().replace(/([[\]\\])/g, "\\$1") : null);
      }, { once: true });
    });
  };
  const put = async (files, area) => {
    for (const file of files) {
      const answer = await store(file);
      const words = answer && await ask(answer.url);
      if (answer && words !== null) {
        const detail = `![${words}](${answer.url})`;
        area.dispatchEvent(new CustomEvent("editor:insert", { detail }));
      }
    }
  };

  const take = (files, event) => {
    const images = [...(files || [])].filter((file) => file.type.startsWith("image/"));
    if (!images.length) return;
    event.preventDefault();
    const area = areaOf(event.target);
    if (event.type === "drop") {
      const detail = { left: event.clientX, top: event.clientY };
      area.dispatchEvent(new CustomEvent("editor:place", { detail }));
    }
    put(images, area);
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
