// The state of a call on two screens: asked for every few seconds, changes sent one after the other.

const EACH = 3000;
const SLOWEST = 30000;
const PATIENCE = 10000; // a network that is silent for longer has failed

// ``take`` gets {done, joined, seconds} of what the server knows, unless this side changed
// something meanwhile; ``lost`` is told of a network that fails, ``over`` of a call that ended.
export function follow(address, { take, lost, over }) {
  const sent = new Map(); // step -> whether it is done, until the server knows
  let wait = EACH;
  let timer = 0;
  let isOver = false;

  function end() {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    over();
  }

  async function ask(options) {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(address, {
      cache: "no-store",
      credentials: "omit",
      signal,
      ...options,
    });
    if (answer.status === 404) end();
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  async function send() {
    for (const [step, isDone] of [...sent]) {
      const body = new URLSearchParams({ step, done: isDone ? "1" : "" });
      await ask({ method: "POST", body });
      if (sent.get(step) === isDone) sent.delete(step);
    }
  }

  let turn = Promise.resolve();
  function next() {
    clearTimeout(timer);
    turn = turn.then(async () => {
      if (isOver) return;
      try {
        await send();
        const state = await ask();
        wait = EACH;
        if (!sent.size && !isOver) take(state);
      } catch {
        if (isOver) return;
        wait = Math.min(wait * 2, SLOWEST);
        lost();
      }
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(next, document.hidden ? SLOWEST : wait);
    });
    return turn;
  }

  addEventListener("online", next);
  document.addEventListener("visibilitychange", () => document.hidden || next());
  next();
  return {
    change(step, isDone) {
      sent.set(step, isDone);
      next();
    },
    stop() {
      isOver = true;
      clearTimeout(timer);
      return fetch(address, { method: "POST", body: new URLSearchParams({ end: "1" }) })
        .catch(() => {});
    },
  };
}
