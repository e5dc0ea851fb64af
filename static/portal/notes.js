// Notes of a call: for the ticket, for the caller, as a mail. Loaded when one is asked for.

import { clock } from "./ticket.js";

const day = (iso, locale) => new Date(iso).toLocaleDateString(locale, { dateStyle: "long" });

const escaped = (text) => text.replace(/[\\`*_[\]<>|]/g, "\\$&");

export const FORMS = {
  plain: {
    title: (data) => `${data.title}\n${data.url}`,
    step: (text, time) => `- ${time ? `${time}  ` : ""}${text}`,
    heading: (text) => text,
    text: (text) => text,
    afterHeading: [],
  },
  markdown: {
    title: (data) => `**[${escaped(data.title)}](${data.url})**  `,
    step: (text, time) => `- [x] ${time ? `${time} ` : ""}${escaped(text)}`,
    heading: (text) => `**${escaped(text)}**`,
    text: escaped,
    afterHeading: [""],
  },
};

export function ticket(data, state, form, locale) {
  const { words } = data;
  const done = data.steps.filter((step) => state.done[step.anchor]);
  const times = [...Object.values(state.done), ...(state.end ? [state.end.time] : [])].sort();
  const date = day(times[0] ?? new Date(), locale);
  // A call that went on after midnight says so.
  const time = (iso) =>
    day(iso, locale) === date ? clock(iso, locale) : `${day(iso, locale)}, ${clock(iso, locale)}`;
  const lines = [
    form.title(data),
    words.revision,
    `${words.call}${words.colon} ${date}`,
    "",
    form.heading(words.done + words.colon),
    ...form.afterHeading,
    ...done.map(({ anchor, name, text }) =>
      form.step(`${name}${words.colon} ${text}`, time(state.done[anchor]))
    ),
  ];
  if (!done.length) lines.push(words.none);
  const end = state.end && data.steps.find((step) => step.anchor === state.end.anchor);
  if (end) {
    const how = form.heading(words[state.end.how] + words.colon);
    const step = `${end.name}${words.colon} ${form.text(end.text)}`;
    lines.push("", `${how} ${time(state.end.time)} ${step}`);
  }
  return lines.join("\n");
}

export function forCaller({ title, url, steps, words }) {
  const lines = steps.map(({ parent, name, text }) =>
    `${parent ? "   " : ""}${name}${words.colon} ${text}`
  );
  return [title, "", ...lines, "", url].join("\n");
}

// Programs take addresses of some 2,000 characters; the last line, the article's address, stays.
const LONGEST_ADDRESS = 1900;

export function mailto(subject, body) {
  const lines = body.split("\n");
  const last = lines.pop();
  const made = (some) =>
    `mailto:?subject=${encodeURIComponent(subject)}&body=${
      encodeURIComponent([...some, last].join("\r\n"))
    }`;
  let some = lines;
  while (some.length > 1 && made(some).length > LONGEST_ADDRESS) {
    some = [...some.slice(0, some.at(-1) === "…" ? -2 : -1), "…"];
  }
  return made(some);
}
