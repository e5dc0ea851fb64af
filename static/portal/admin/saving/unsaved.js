// Says of the texts that were not saved which of them another tab is writing.

import { openSince, watchTabs } from "./tabs.js";

const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
watchTabs(() => {
  document.querySelectorAll("[data-open-elsewhere]").forEach((words) => {
    const since = openSince(words.dataset.draft);
    words.hidden = !since;
    words.textContent = since
      ? words.dataset.openElsewhere.replace("{time}", time.format(since))
      : "";
  });
});
