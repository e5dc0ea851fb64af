// Which texts are open in another tab of this browser, and since when: tabs tell each other.

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("drafts") : null;
const since = Date.now();
const others = new Map();
const listeners = [];
let own = "";

const told = () => listeners.forEach((listener) => listener());
const say = (kind) => own && channel?.postMessage({ kind, name: own, since });

channel?.addEventListener("message", ({ data }) => {
  if (data.kind === "who") return say("here");
  if (data.kind === "here") others.set(data.name, data.since);
  else others.delete(data.name);
  told();
});

// This page writes the draft of that name from now on.
export function hold(name) {
  say("gone");
  own = name;
  say("here");
}

// When the tab was opened that writes the draft of that name now; undefined: none does.
export const openSince = (name) => others.get(name);

// Calls `listener` whenever a tab comes or goes, and asks which there are.
export function watchTabs(listener) {
  listeners.push(listener);
  channel?.postMessage({ kind: "who" });
}

addEventListener("pagehide", () => say("gone"));
addEventListener("pageshow", ({ persisted }) => persisted && say("here"));
