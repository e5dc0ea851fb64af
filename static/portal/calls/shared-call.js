// The agent's side of a call on two screens: six letters and a picture for the caller, then ticks.

import { follow } from "./following.js";
import { KEYS, readTab, writeTab } from "../storage.js";

// A new shared call about the article, with what is done already.
export function share(article) {
  return start(article, async () => {
    const button = article.panel.querySelector("[data-share]");
    const body = new URLSearchParams({ article: article.slug, language: article.language() });
    article.done().forEach((step) => body.append("step", step));
    const answer = await fetch(button.dataset.share, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  });
}

// The one that this tab had before the page was loaded anew.
export function resume(article) {
  return start(article, () => JSON.parse(readTab(KEYS.shared(article.slug))));
}

function start(article, load) {
  const box = article.panel.querySelector("[data-shared]");
  const button = article.panel.querySelector("[data-share]");
  const said = box.querySelector("[data-shared-said]");
  const how = box.querySelector("[data-shared-how]");
  const say = (name) => {
    if (said.textContent !== box.dataset[name]) said.textContent = box.dataset[name];
  };
  let known = new Set(article.done());
  let following = null;

  function close(name) {
    writeTab(KEYS.shared(article.slug), "");
    how.hidden = true;
    box.querySelector("[data-shared-end]").hidden = true;
    button.hidden = false;
    say(name);
    following = null;
  }

  function begin(call) {
    writeTab(KEYS.shared(article.slug), JSON.stringify(call));
    show(box, call);
    button.hidden = true;
    box.hidden = false;
    how.hidden = false;
    box.querySelector("[data-shared-end]").hidden = false;
    box.parentElement.scrollTop = box.offsetTop; // of the sheet: the letters and the picture
    following = follow(call.state, {
      take({ done, joined }) {
        how.hidden = joined;
        say(joined ? "joined" : "waiting");
        if (done.length !== known.size || done.some((step) => !known.has(step))) {
          known = new Set(done);
          article.take(done);
        }
      },
      lost: () => say("lost"),
      over: () => close("over"),
    });
  }

  button.disabled = true;
  Promise.resolve().then(load).then(begin).catch(() => {
    box.hidden = false;
    close("full");
  }).finally(() => {
    button.disabled = false;
  });
  const stop = () => {
    following?.stop();
    close("over");
  };
  box.querySelector("[data-shared-end]").onclick = stop;
  return {
    tell(done) {
      const now = new Set(done);
      article.anchors.filter((step) => now.has(step) !== known.has(step))
        .forEach((step) => following?.change(step, now.has(step)));
      known = now;
    },
    stop,
  };
}

function show(box, { address, code, qr }) {
  const line = box.querySelector("[data-shared-address]");
  const letters = document.createElement("strong");
  letters.textContent = code;
  line.replaceChildren(address.slice(0, -code.length).replace(/^https?:\/\//, ""), letters);
  const picture = new DOMParser().parseFromString(qr, "image/svg+xml").documentElement;
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", address);
  box.querySelector("[data-shared-picture]").replaceChildren(document.importNode(picture, true));
}
