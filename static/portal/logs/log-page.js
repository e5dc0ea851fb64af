// The page that reads logs: takes files, lets a worker read them, shows what happened.

import { indexed } from "../offline/kept-pages.js";
import { placeOf } from "../calls/ticket.js";
import { counted, following, ordered, ranked, stepFor, timeline } from "./log-timeline.js";

const ARTICLES = 8; // shown at first
const GROUPS = 60; // shown of a long timeline, at its beginning and at its end
const LINKS = 2; // articles named beside an event

(() => {
  const page = document.querySelector("[data-logs]");
  const texts = page.dataset;
  const input = page.querySelector("input[type=file]");
  const zone = page.querySelector(".log-drop");
  const bar = page.querySelector("progress");
  const status = page.querySelector("[data-status]");
  const cancel = page.querySelector("[data-cancel]");
  const results = page.querySelector("[data-results]");
  const locale = document.documentElement.lang;
  let worker = null;

  const said = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
  const grouped = (number) => number.toLocaleString(locale);
  const sized = (bytes) => {
    const [unit, size] = bytes < 2 ** 20 ? ["kilobyte", 2 ** 10] : ["megabyte", 2 ** 20];
    const form = { style: "unit", unit, maximumFractionDigits: 1 };
    return (bytes / size).toLocaleString(locale, form);
  };

  function template(name) {
    return page.querySelector(`template[data-template="${name}"]`).content.firstElementChild
      .cloneNode(true);
  }

  function rest(text) {
    worker?.terminate();
    worker = null;
    bar.hidden = cancel.hidden = true;
    status.textContent = text;
    zone.removeAttribute("data-busy");
  }

  async function read(files) {
    if (!files.length) return;
    rest("");
    results.replaceChildren();
    const total = files.reduce((sum, { size }) => sum + size, 0);
    if (total > Number(texts.most)) {
      status.textContent = said(texts.tooLarge, { size: sized(Number(texts.most)) });
      return;
    }
    bar.max = Math.max(total, 1);
    bar.value = 0;
    bar.hidden = cancel.hidden = false;
    zone.dataset.busy = "";
    status.textContent = texts.reading;
    let articles;
    try {
      articles = await indexed(texts.index, async (address) => {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
    } catch {
      rest(texts.noIndex);
      return;
    }
    worker = new Worker(texts.worker, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.done) bar.value += data.done;
      if (data.read) status.textContent = said(texts.progress, { size: sized(data.read) });
      if (data.failed) rest(texts.failed);
      if (data.result) show(data.result, articles);
    };
    worker.onerror = () => rest(texts.failed);
    worker.postMessage({ files, articles, words: JSON.parse(texts.words) });
  }

  function show({ bytes, events, sources, files, problems, isCut, entries }, articles) {
    const groups = timeline(ordered(events));
    const numbers = counted(groups);
    const told = numbers.all ? texts.found : files ? texts.nothing : texts.unread;
    rest(said(told, {
      files: grouped(files),
      size: sized(bytes),
      things: grouped(numbers.all),
    }));
    problems.forEach(({ name, reason }) => results.append(problem(name, reason)));
    if (isCut) results.append(problem("", "cut"));
    if (groups.length) {
      const order = following(groups, entries, articles);
      showFirst(order.first, groups, articles, entries);
      showArticles(ranked(groups, { entries }), groups, articles, entries, numbers);
      showTimeline(groups, sources, articles, entries, order.causes);
    }
    status.focus();
  }

  function problem(name, reason) {
    const note = template("problem");
    note.querySelector("p").textContent = said(texts[`reason${reason}`] ?? texts.reasondamaged, {
      name,
      size: sized(2 ** 30),
    });
    return note;
  }

  function link(article) {
    const made = document.createElement("a");
    made.href = article.url;
    made.textContent = article.title;
    if (article.language !== locale) made.lang = made.hreflang = article.language;
    return made;
  }

  // The place in words, as a link to the step of an article that deals with a thing.
  function stepLink(article, entry) {
    const anchor = stepFor(article, entry);
    const place = placeOf(anchor);
    if (!place) return [];
    const made = template("step");
    made.href = `${article.url}#${anchor}`;
    made.append(said(texts.step, place));
    return [made];
  }

  // A thing that was found, as a link to its entry in the timeline.
  function chip(key, groups, entries) {
    const made = document.createElement("a");
    made.className = entries[key].kind === "code" ? "code-chip" : "message-chip";
    made.href = `#event-${groups.findIndex((group) => group.key === key) + 1}`;
    made.textContent = entries[key].text;
    return made;
  }

  function showFirst(list, groups, articles, entries) {
    list.forEach(({ key, followers, articles: about }) => {
      const card = template("first");
      card.querySelector("[data-thing]").append(chip(key, groups, entries));
      card.querySelector("[data-said]").append(
        followers.size > 1
          ? said(texts.followed, { number: grouped(followers.size) })
          : texts.followedOne,
      );
      card.querySelector("[data-following]").append(
        ...[...followers].map((one) => chip(one, groups, entries)),
      );
      about.slice(0, LINKS).forEach((one) =>
        card.querySelector("[data-links]").append(
          link(articles[one]),
          ...stepLink(articles[one], entries[key]),
        )
      );
      results.append(card);
    });
  }

  function showArticles(list, groups, articles, entries, numbers) {
    if (!list.length) return;
    const section = template("articles");
    const cards = list.map(({ article, keys }) => {
      const card = template("article");
      card.querySelector(".hit-title").append(link(articles[article]));
      card.querySelector(".hit-why").append(
        keys.size > 1
          ? said(texts.covers, { number: grouped(keys.size), all: grouped(numbers.all) })
          : texts.coversOne,
      );
      const [key] = keys;
      card.querySelector(".tags").append(
        ...stepLink(articles[article], entries[key]),
        ...[...keys].map((one) => chip(one, groups, entries)),
      );
      return card;
    });
    section.append(...cards.slice(0, ARTICLES));
    if (cards.length > ARTICLES) {
      const more = template("more");
      more.querySelector("summary").append(
        said(texts.moreArticles, { number: grouped(cards.length - ARTICLES) }),
      );
      more.append(...cards.slice(ARTICLES));
      section.append(more);
    }
    results.append(section);
  }

  function showTimeline(groups, sources, articles, entries, causes) {
    const section = template("timeline");
    const list = section.querySelector("ol");
    groups.forEach((group, place) => {
      if (place >= GROUPS && place < groups.length - GROUPS) {
        if (place === GROUPS) list.append(gap(groups.length - 2 * GROUPS));
        return;
      }
      const item = event(group, place, sources, articles, entries);
      causes.get(group.key)?.forEach((key) => {
        const note = item.querySelector("[data-from]");
        note.hidden = false;
        note.append(" ", chip(key, groups, entries));
      });
      if (!place) item.querySelector("[data-first]").hidden = false;
      else if (place === groups.length - 1) item.querySelector("[data-last]").hidden = false;
      list.append(item);
    });
    results.append(section);
  }

  function gap(number) {
    const item = document.createElement("li");
    item.className = "log-gap";
    item.textContent = said(texts.between, { number: grouped(number) });
    return item;
  }

  function event({ key, first, last, count }, place, sources, articles, entries) {
    const item = template("event");
    item.id = `event-${place + 1}`;
    item.querySelector("[data-time]").textContent = first.time?.written ?? "";
    item.querySelector("[data-place]").textContent = said(texts.place, {
      file: sources[first.file],
      line: grouped(first.line),
    });
    if (count > 1) {
      const until = last.time && last.time.at !== first.time?.at
        ? texts.repeatedUntil
        : texts.repeated;
      item.querySelector("[data-count]").textContent = said(until, {
        number: grouped(count),
        time: last.time?.written,
      });
    }
    const mark = document.createElement("mark");
    mark.textContent = first.text.slice(first.start, first.end);
    if (first.unknown) mark.className = "unknown";
    item.querySelector("code").append(
      first.text.slice(0, first.start),
      mark,
      first.text.slice(first.end),
    );
    const links = item.querySelector("[data-links]");
    if (first.unknown) {
      const made = document.createElement("a");
      made.href = `${texts.search}?q=${encodeURIComponent(first.unknown)}`;
      made.textContent = said(texts.unknown, { code: first.unknown });
      links.append(made);
    } else {
      const named = entries[key].articles;
      named.slice(0, LINKS).forEach((article) =>
        links.append(link(articles[article]), ...stepLink(articles[article], entries[key]))
      );
      if (named.length > LINKS) {
        const made = document.createElement("a");
        made.href = `${texts.search}?q=${encodeURIComponent(entries[key].text)}`;
        made.textContent = said(texts.moreOf, { number: grouped(named.length - LINKS) });
        links.append(made);
      }
    }
    return item;
  }

  input.addEventListener("change", () => read([...input.files]));
  cancel.addEventListener("click", () => {
    rest(texts.cancelled);
    input.focus();
  });
  ["dragenter", "dragover"].forEach((type) =>
    page.addEventListener(type, (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    })
  );
  ["dragleave", "drop"].forEach((type) =>
    page.addEventListener(type, () => zone.removeAttribute("data-over"))
  );
  page.addEventListener("drop", (event) => {
    event.preventDefault();
    read([...event.dataTransfer.files]);
  });
  page.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length) read([...input.files]);
    else input.click();
  });
})();
