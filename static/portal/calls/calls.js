// The call of this tab: several can go on at once; a new tab takes the latest that is fresh.
// Ticks are kept for a week.

import { KEYS, keysWith, readJson, readTab, remove, writeJson, writeTab } from "../storage.js";

export const FRESH = 30 * 60 * 1000;
const KEPT = 7 * 24 * 60 * 60 * 1000;

// {id: {time, noted}}: when each call was last touched; was its ticket copied since?
// Of what is no call nothing is taken: others may write there too.
const all = () =>
  Object.fromEntries(
    Object.entries(readJson(KEYS.calls) ?? {}).filter(([, call]) => Date.parse(call?.time)),
  );

// Times to come are of a clock that was put right.
export const isFresh = (call, now) =>
  !call?.noted && Math.abs(now - Date.parse(call?.time)) < FRESH;

// The call that was touched last, of those that are fresh.
export function latest(calls, now) {
  return Object.keys(calls)
    .filter((id) => isFresh(calls[id], now))
    .sort((one, other) => calls[one].time < calls[other].time ? -1 : 1)
    .pop();
}

export function begin(id = crypto.randomUUID().slice(0, 8)) {
  writeTab(KEYS.call, id);
  return id;
}

export const current = (now) => readTab(KEYS.call) ?? begin(latest(all(), now));

export const isPast = (id, now) => id in all() && !isFresh(all()[id], now);

export function touch(id, now, noted = false) {
  writeJson(KEYS.calls, { ...all(), [id]: { time: new Date(now).toISOString(), noted } });
}

// What was left behind goes.
export function sweep(now) {
  const calls = all();
  const kept = Object.fromEntries(
    Object.entries(calls).filter(([, { time }]) => now - Date.parse(time) < KEPT),
  );
  if (Object.keys(kept).length < Object.keys(calls).length) writeJson(KEYS.calls, kept);
  const prefix = KEYS.ticks("", "");
  keysWith(prefix).forEach((key) => {
    if (!(key.slice(prefix.length).split("/")[0] in kept)) remove(key);
  });
}
