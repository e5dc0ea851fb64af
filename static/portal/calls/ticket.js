// What a call comes to: which steps were done and how it ended. notes.js makes notes of that.

// {anchor: ISO time} of what was done; the step where the call ended, and how.
export const empty = () => ({ done: {}, end: null });

// What was kept, or nothing done where that is no state of a call.
export const sound = (kept) => kept?.done instanceof Object ? kept : empty();

// Anchors of resolutions and steps inside an article, as texts/anchors.py makes them:
// "resolution-2-step-3-1" is step 3.1 of the second resolution, in every language.

// The number of a step as a person writes it.
export const numberOf = (anchor) => anchor.replace(/^.*-step-/, "").replaceAll("-", ".");

// The resolution of a step; of no step, the anchor itself.
export const resolutionOf = (anchor) => anchor.replace(/-step-.*/, "");

// The number of the resolution and of the step in it, of whatever is below that step; null of no step.
export function placeOf(anchor) {
  const place = /^resolution-(\d+)-step-(\d+)/.exec(anchor);
  return place && { resolution: place[1], step: place[2] };
}

export function toggled(state, anchor, now) {
  const { [anchor]: before, ...done } = state.done;
  return { ...state, done: before ? done : { ...done, [anchor]: now } };
}

// The same end said twice takes it back. A step that solved it was done.
export function ended(state, anchor, how, now) {
  if (state.end?.anchor === anchor && state.end.how === how) return { ...state, end: null };
  const done = how === "solved" && anchor ? { [anchor]: now, ...state.done } : state.done;
  return { ...state, done, end: { anchor, how, time: now } };
}

export const clock = (iso, locale) =>
  new Date(iso).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
