// A call on two screens: what is asked and sent, in which order, and how long after one another.

import assert from "node:assert/strict";
import { follow } from "../../../static/portal/calls/following.js";

// A page with a clock that is turned by hand and a portal of which `answer(request)` says what it
// answers: a state, a status or a promise of one of them.
function page(answer) {
  const real = Object.fromEntries(
    ["fetch", "setTimeout", "clearTimeout", "addEventListener", "document"].map((name) => [
      name,
      globalThis[name],
    ]),
  );
  const timeout = AbortSignal.timeout;
  const asked = [];
  const heard = {};
  const told = [];
  let waiting = null;
  const listen = (name, listener) => heard[name] = listener;
  globalThis.document = { hidden: false, addEventListener: listen };
  globalThis.addEventListener = listen;
  globalThis.setTimeout = (act, wait) => {
    waiting = { act, wait };
    return waiting;
  };
  globalThis.clearTimeout = (timer) => {
    if (timer === waiting) waiting = null;
  };
  AbortSignal.timeout = (wait) => wait;
  globalThis.fetch = async (address, options) => {
    const request = options.method === "POST" ? options.body.toString() : "state";
    asked.push({ address, request, ...options });
    const said = await answer(request);
    const status = typeof said === "number" ? said : 200;
    return new Response(JSON.stringify(status === 200 ? said : STATE), { status });
  };
  const call = follow("/call", {
    take: ({ done }) => told.push(done.join(" ")),
    lost: () => told.push("lost"),
    over: () => told.push("over"),
  });
  return {
    call,
    told,
    heard,
    asked,
    requests: () => asked.map(({ request }) => request),
    wait: () => waiting?.wait ?? null,
    // What has been answered is taken.
    settled: async () => {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      await new Promise((done) => real.setTimeout.call(globalThis, done));
    },
    async ring() {
      const { act } = waiting;
      waiting = null;
      act();
      await this.settled();
    },
    close() {
      Object.assign(globalThis, real);
      AbortSignal.timeout = timeout;
    },
  };
}

// A test of a page that is closed at its end, whatever became of it.
const onPage = (name, answer, test) =>
  Deno.test(name, async () => {
    const one = page(answer);
    try {
      await one.settled();
      await test(one);
    } finally {
      one.close();
    }
  });

const STATE = { done: ["resolution-1-step-1"], joined: true };
const state = () => STATE;

onPage("the state is asked for at once, and every three seconds", state, async (one) => {
  assert.deepEqual(one.told, ["resolution-1-step-1"]);
  assert.equal(one.wait(), 3000);
  await one.ring();
  assert.deepEqual(one.requests(), ["state", "state"]);
});

onPage(
  "nobody's session is sent, no old answer taken, no silent network waited for",
  state,
  (one) => {
    const { address, credentials, cache, signal } = one.asked[0];
    assert.deepEqual([address, credentials, cache, signal], ["/call", "omit", "no-store", 10_000]);
  },
);

onPage(
  "a page that nobody sees asks each half minute, and at once when it is seen",
  state,
  async (one) => {
    document.hidden = true;
    await one.ring();
    assert.equal(one.wait(), 30_000);
    one.heard.visibilitychange();
    await one.settled();
    assert.equal(one.asked.length, 2);
    document.hidden = false;
    one.heard.visibilitychange();
    await one.settled();
    assert.equal(one.asked.length, 3);
    assert.equal(one.wait(), 3000);
  },
);

onPage("changes are sent in their order before the state is asked for", state, async (one) => {
  one.call.change("a", true);
  one.call.change("b", false);
  await one.settled();
  assert.deepEqual(one.requests().slice(1, 4), ["step=a&done=1", "step=b&done=", "state"]);
  assert.ok(!one.requests().slice(4).some((request) => request !== "state"), "each once");
});

const sending = [];
onPage(
  "a step that changes while it is sent is sent again",
  (request) => request === "step=a&done=1" ? sending.shift() : STATE,
  async (one) => {
    const { promise, resolve } = Promise.withResolvers();
    sending.push(promise);
    one.call.change("a", true);
    await one.settled();
    one.call.change("a", false);
    resolve(STATE);
    await one.settled();
    assert.equal(one.requests().findLast((request) => request !== "state"), "step=a&done=");
  },
);

const slow = [];
onPage(
  "a state that was asked for before a change is not taken: it would undo it",
  (request) => request === "state" && slow.length ? slow.shift() : STATE,
  async (one) => {
    const { promise, resolve } = Promise.withResolvers();
    slow.push(promise);
    await one.ring();
    one.call.change("resolution-1-step-2", true);
    resolve({ done: ["before"], joined: true });
    await one.settled();
    assert.ok(!one.told.includes("before"));
    assert.equal(one.told.length, 2, "the state after the change is taken");
  },
);

const network = { status: 503 };
onPage(
  "a network that fails is asked less and less, down to each half minute",
  () => network.status || STATE,
  async (one) => {
    const waits = [one.wait()];
    for (let turn = 0; turn < 4; turn += 1) {
      await one.ring();
      waits.push(one.wait());
    }
    assert.deepEqual(waits, [6000, 12_000, 24_000, 30_000, 30_000]);
    assert.deepEqual(new Set(one.told), new Set(["lost"]));
    network.status = 0;
    one.heard.online();
    await one.settled();
    assert.equal(one.told.at(-1), "resolution-1-step-1");
    assert.equal(one.wait(), 3000);
  },
);

const portal = { isGone: true };
onPage(
  "a change that did not arrive is sent again",
  (request) => request !== "state" && portal.isGone ? 503 : STATE,
  async (one) => {
    one.call.change("a", true);
    await one.settled();
    assert.equal(one.told.at(-1), "lost");
    portal.isGone = false;
    await one.ring();
    assert.deepEqual(one.requests().slice(-2), ["step=a&done=1", "state"]);
    assert.equal(one.told.at(-1), "resolution-1-step-1");
  },
);

onPage("a call that is over is told once and asked for no more", () => 404, async (one) => {
  assert.deepEqual(one.told, ["over"]);
  assert.equal(one.wait(), null);
  one.heard.online();
  one.call.change("a", true);
  await one.settled();
  assert.equal(one.asked.length, 1);
  assert.deepEqual(one.told, ["over"]);
});

onPage("who ends the call tells the portal, and hears no more of it", state, async (one) => {
  await one.call.stop();
  assert.equal(one.requests().at(-1), "end=1");
  assert.equal(one.wait(), null);
  one.heard.online();
  await one.settled();
  assert.equal(one.asked.length, 2);
  assert.equal(one.told.length, 1);
});

for (const [name, late] of [["a state", STATE], ["that there is no such call", 404]]) {
  const states = [STATE];
  onPage(
    `who ended the call is not told ${name} that was asked for before`,
    (request) => request === "state" ? states.shift() : STATE,
    async (one) => {
      const { promise, resolve } = Promise.withResolvers();
      states.push(promise);
      await one.ring();
      await one.call.stop();
      resolve(late);
      await one.settled();
      assert.equal(one.told.length, 1);
      assert.equal(one.wait(), null);
    },
  );
}

onPage("without a network the call ends on this side", (request) => {
  if (request.startsWith("end")) throw new TypeError("no network");
  return STATE;
}, async (one) => {
  await one.call.stop();
  assert.equal(one.wait(), null);
});
