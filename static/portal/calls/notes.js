// Notes of a call: for the ticket, for the caller, as a mail. Loaded when one is asked for.
// An article without steps is noted with its resolution as it is read.

import { clock } from "./ticket.js";

const day = (iso, locale) => new Date(iso).toLocaleDateString(locale, { dateStyle: "long" });

const escaped = (text) => text.replace(/[\\`*_[\]<>|]/g, "\\$&");

export const FORMS = {
  plain: {
    title: (data) => `${data.title}\n${data.url}`,
    step: (text, time) => `- ${time ? `${time}  ` : ""}${text}`,
    heading: (text) => text,
    text: (text) => text,
    read: ({ plain }) => plain,
    afterHeading: [],
  },
  markdown: {
    title: (data) => `**[${escaped(data.title)}](${data.url})**  `,
    step: (text, time) => `- [x] ${time ? `${time} ` : ""}${escaped(text)}`,
    heading: (text) => `**${escaped(text)}**`,
    text: escaped,
    read: ({ markdown }) => markdown,
    afterHeading: [""],
  },
};

export function ticket(data, state, form, locale) {
  const { words, text } = data;
  const done = data.steps.filter((step) => state.done[step.anchor]);
  const times = [...Object.values(state.done), ...(state.end ? [state.end.time] : [])].sort();
  const date = day(times[0] ?? new Date(), locale);
  // A call that went on after midnight says so.
  const time = (iso) =>
    day(iso, locale) === date ? clock(iso, locale) : `${day(iso, locale)}, ${clock(iso, locale)}`;
  const lines = [
    form.title(data),
    words.revision,
    ...(words.codes ? [form.text(words.codes)] : []),
    `${words.call}${words.colon} ${date}`,
  ];
  const add = (heading, some) =>
    lines.push("", form.heading(heading + words.colon), ...form.afterHeading, ...some);
  const steps = done.map(({ anchor, name, text }) =>
    form.step(`${name}${words.colon} ${text}`, time(state.done[anchor]))
  );
  if (!text) add(words.done, steps.length ? steps : [words.none]);
  else if (form.read(text)) add(words.resolution, [form.read(text)]);
  const said = state.end && ending(data, state.end, form);
  if (said) lines.push("", `${said.how} ${[time(state.end.time), ...said.where].join(" ")}`);
  return lines.join("\n");
}

// How the call ended, and at which step; without an anchor, for the article as a whole.
function ending({ steps, words }, { anchor, how }, form) {
  if (!anchor) return { how: form.heading(words.ended[how] + words.colon), where: [] };
  const step = steps.find((one) => one.anchor === anchor);
  return step && {
    how: form.heading(words[how] + words.colon),
    where: [`${step.name}${words.colon} ${form.text(step.text)}`],
  };
}

export function forCaller({ title, url, steps, text, words }) {
  if (text) return [title, "", ...(text.plain ? [text.plain, ""] : []), url].join("\n");
  const lines = steps.map(({ parent, name, text }) =>
    `${parent ? "   " : ""}${name}${words.colon} ${text}`
  );
  return [title, "", ...lines, "", url].join("\n");
}

// To whom, the agent's own program asks. What is too long for an address is cut at a line.
export function mail(data) {
  location.href = mailto(data.title, forCaller(data));
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
