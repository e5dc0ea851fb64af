// Who the open form was made for, and whether that person is still signed in: told by what the portal
// answers. A browser has one session for all of its tabs. What scripts save names the person, so the
// portal takes nothing of one for the other. Once the person is back, here or in another tab, the form
// hears "session:back".

const form = document.querySelector("form[data-user]");
const KEYS = ["csrfmiddlewaretoken", "_made_for"];
const AGAIN = 20_000;

// The secret of a form and its person, as a body that more is put into.
export function bodyFor(form) {
  const body = new FormData();
  KEYS.forEach((name) => {
    const field = form.elements[name];
    if (field) body.set(name, field.value);
  });
  return body;
}

export const isKey = (name) => KEYS.includes(name);

// Why the portal did not take what was sent: "signedOut", "somebodyElse", "expired" (the person signed
// in anew, or may not do this); "" for any other answer.
export function reasonOf({ status, redirected, headers }) {
  const told = headers.get("X-Not-Taken");
  if (told) return told;
  if (redirected || status === 401) return "signedOut";
  return { 403: "expired", 409: "somebodyElse" }[status] || "";
}

let isAway = false;
let timer = 0;
export function noteAway() {
  isAway = true;
  clearTimeout(timer);
  timer = setTimeout(lookAgain, AGAIN);
}

// The page of the form tells its person the secret that counts by now.
const ask = async () => {
  const response = await fetch(location.href);
  if (response.status === 410) return "gone";
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const other = page.getElementById(form.id);
  if (!other) return "signedOut";
  if (other.dataset.user !== form.dataset.user) return "somebodyElse";
  const token = other.elements.csrfmiddlewaretoken?.value;
  if (!other.classList.contains("may-edit") || !token) return "closed";
  form.elements.csrfmiddlewaretoken.value = token;
  return "";
};

let asking = null;
// "" where the form can be sent again, else why not.
export async function renew() {
  try {
    asking ||= ask();
    const reason = await asking;
    if (reason) noteAway();
    else if (isAway) {
      isAway = false;
      clearTimeout(timer);
      form.dispatchEvent(new Event("session:back"));
    }
    return reason;
  } finally {
    asking = null;
  }
}

// Sends what `body()` makes, once more where the person of the form signed in anew.
export async function send(address, body, more = {}) {
  const once = () => fetch(address, { method: "POST", body: body(), ...more });
  let response = await once();
  let reason = reasonOf(response);
  if (reason === "expired") {
    reason = await renew();
    if (!reason) {
      response = await once();
      reason = reasonOf(response);
    }
  }
  if (reason) noteAway();
  return { response, reason };
}

function lookAgain() {
  if (!isAway || document.hidden) return;
  renew().catch(noteAway);
}
addEventListener("focus", lookAgain);
document.addEventListener("visibilitychange", lookAgain);
