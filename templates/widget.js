// Shows the search of the troubleshooting portal in a frame. Attributes of the script element:
// data-language (en, fr), data-target (selector of what the frame is put into; else it stands
// after the script), data-reply (selector of the field that an answer is put into).
(() => {
  const script = document.currentScript;
  const portal = new URL(script.src).origin;
  const { language = "en", target, reply } = script.dataset;
  const place = target ? document.querySelector(target) : null;
  if (target && !place) {
    console.error(`kbportal: nothing matches ${target}`);
    return;
  }
  const frame = document.createElement("iframe");
  frame.src = `${portal}/${encodeURIComponent(language)}/widget/`;
  frame.title = script.dataset.title || "Troubleshooting";
  frame.width = "100%";
  frame.height = "480";
  frame.referrerPolicy = "no-referrer";
  frame.setAttribute("sandbox", "allow-scripts allow-forms allow-same-origin allow-popups");

  const waiting = [];
  let isReady = false;
  const send = (message) =>
    isReady ? frame.contentWindow.postMessage(message, portal) : waiting.push(message);

  function fill(field, text) {
    field.focus();
    if ("setRangeText" in field) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    } else {
      const selection = getSelection();
      const isInside = selection.rangeCount && field.contains(selection.anchorNode);
      const range = isInside ? selection.getRangeAt(0) : document.createRange();
      if (!isInside) {
        range.selectNodeContents(field);
        range.collapse(false);
      }
      range.deleteContents();
      range.insertNode(document.createTextNode(text));
      range.collapse(false);
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== portal || !data) return;
    if (data.type === "kbportal:ready") {
      isReady = true;
      waiting.splice(0).forEach(send);
    } else if (data.type === "kbportal:fill") {
      const { article, title, url, text, html } = data;
      const detail = { article, title, url, text, html };
      const event = new CustomEvent("kbportal:fill", { bubbles: true, cancelable: true, detail });
      const field = frame.dispatchEvent(event) && reply && document.querySelector(reply);
      if (field) fill(field, String(text));
    }
  });
  frame.addEventListener("load", () => {
    isReady = false;
    frame.contentWindow.postMessage({ type: "kbportal:hello" }, portal);
  });
  if (place) place.append(frame);
  else script.after(frame);
  globalThis.KbPortal = Object.freeze({
    search: (query) => send({ type: "kbportal:search", query: String(query) }),
    ticket: (text) => send({ type: "kbportal:ticket", text: String(text) }),
  });
})();
