/* Keeps parts readable and lets what is saved wait, on the phone of somebody who chose "Keep on this phone".
   Served by content_pages/views/offline.py with two lines in front: SHELL (addresses) and WORDS (for people).
   Stored are: pages that name nobody, and what waits, under a key that cannot be read out of the browser. */
"use strict";

const PAGES = "kept-pages", BASE = "kept-base", STORE = "kept";
const SIGN_OUT = "/accounts/logout/", LINE = "/my/phone/line.json", AWAY = "/not-connected/", HELP = "/help-now/";
const PIECE = /^\/programmes\/[^/]+\/[^/]+\/[^/]+\/$/, PART = /^\/programmes\/[^/]+\/[^/]+\/$/;
const WAITS_FOR = /^(save(:.*)?|done|without|skip)$/, NEEDS_A_LINE = /^(delete|show|back)\b/;
const HEADERS = ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"];
const SLOW_MS = 8000, COVERED_AFTER_MS = 10 * 60 * 1000;

/* The store */
async function inStore(name, mode, act) {
  const base = await new Promise((done, fail) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("mine");
      asked.result.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  try {
    return await new Promise((done, fail) => {
      const deal = base.transaction(name, mode), asked = act(deal.objectStore(name));
      deal.oncomplete = () => done(asked.result);
      deal.onerror = deal.onabort = () => fail(deal.error);
    });
  } finally {
    base.close();
  }
}
async function mine() {
  const there = (await indexedDB.databases()).some((each) => each.name === STORE);
  return there ? inStore("mine", "readonly", (store) => store.get("mine")) : undefined;
}
const rows = () => inStore("waiting", "readonly", (store) => store.getAll());
const drop = (id) => inStore("waiting", "readwrite", (store) => store.delete(id));

/* Choosing it, and taking it off */
let gone = false;
async function keep(parts) {
  gone = false;
  const line = await ask("");
  if (!line || !line.who) return false;
  const before = await mine();
  if (before && before.who !== line.who) await emptied();
  if (!before || before.who !== line.who) {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await inStore("mine", "readwrite", (store) => store.put({ who: line.who, key }, "mine"));
  }
  for (const part of parts) await keepPart(part);
  return true;
}
async function emptied() {
  await caches.delete(PAGES);
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase(STORE);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
}
async function forget() {
  gone = true;
  await emptied();
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}

/* Who is signed in: null where nobody is or the line is down */
async function ask(page) {
  const answer = await fetch(LINE + "?page=" + encodeURIComponent(page), { cache: "no-store" }).catch(() => null);
  return answer && answer.ok && !answer.redirected ? answer.json() : null;
}
async function askMine(page) {
  const kept = await mine(), line = kept && await ask(page);
  if (!line) return null;
  if (line.who === kept.who) return line;
  await forget();
  return null;
}

/* Words of pages */
const kept = (path) => path.replace(/^\/programmes\//, "/kept/");
async function keepPage(path, anew) {
  if (gone) return "";
  const pages = await caches.open(PAGES), address = kept(path), before = await pages.match(address);
  if (before && !anew) return before.text();
  const answer = await fetch(address, { cache: "no-store" });
  if (answer.redirected) return "";
  if (!answer.ok) { await pages.delete(address); return ""; }
  const words = await answer.text(), headers = new Headers();
  for (const name of HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  await pages.put(address, new Response(words, { headers }));
  for (const [, source] of words.matchAll(/<img [^>]*src="(\/(?:static|media\/images)\/[^"]+)"/g)) {
    if (!(await pages.match(source))) await pages.add(source).catch(() => null);
  }
  return words;
}
async function keepPart(part, opened) {
  const words = await keepPage(part, part === opened);
  const inside = new Set([...words.matchAll(/href="(\/programmes\/[^"#?]+)"/g)].map((found) => found[1]));
  for (const piece of inside) if (PIECE.test(piece)) await keepPage(piece, piece === opened);
}
async function opened(path) {
  if (!(await askMine(""))) return;
  if (PART.test(path) || PIECE.test(path)) await keepPart(path.split("/").slice(0, 4).join("/") + "/", path);
}

/* What waits */
async function locked(path, fields, key) {
  const iv = crypto.getRandomValues(new Uint8Array(12)), words = new TextEncoder();
  const how = { name: "AES-GCM", iv, additionalData: words.encode(path) };
  return { iv, body: await crypto.subtle.encrypt(how, key, words.encode(JSON.stringify(fields))) };
}
async function unlocked(row, key) {
  const how = { name: "AES-GCM", iv: row.iv, additionalData: new TextEncoder().encode(row.path) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, row.body)));
}
const of = (fields, name) => fields.filter((each) => each[0] === name).map((each) => each[1]);
const belongs = (name, exercise) => name.startsWith(exercise + "-");
const covered = (row) => Date.now() - row.at > COVERED_AFTER_MS;

function begun(fields) {
  const empty = of(fields, "open").filter((exercise) => !fields.some(
    ([name, value]) => belongs(name, exercise) && name !== exercise + "-seen" && value.trim()));
  return fields.filter(([name, value]) => !(name === "open" && empty.includes(value))
    && !empty.some((exercise) => belongs(name, exercise)));
}
function joined(before, fields) {
  const now = of(fields, "open");
  const left = before.filter(([name, value]) => name !== "do" && !now.includes(name === "open" ? value : "")
    && !now.some((exercise) => belongs(name, exercise)));
  const seen = before.filter(([name]) => now.some((exercise) => name === exercise + "-seen"));
  return [...left, ...fields.filter(([name]) => !seen.some((each) => each[0] === name)), ...seen];
}
async function wait(path, posted, own) {
  const from = of(posted, "kept")[0];
  let fields = posted.filter(([name]) => !["csrfmiddlewaretoken", "draft_token", "kept"].includes(name));
  if (from) fields = begun(fields);
  if (!WAITS_FOR.test(of(fields, "do")[0])) fields = [...fields.filter(([name]) => name !== "do"), ["do", "save"]];
  if (!of(fields, "open").length && of(fields, "do")[0].startsWith("save")) return;  // nothing was written
  const before = (await rows()).find((row) => String(row.id) === from && row.path === path);
  if (before) fields = joined(await unlocked(before, own.key), fields);
  const row = { path, at: Date.now(), state: "waiting", ...await locked(path, fields, own.key) };
  if (before) row.id = before.id;
  await inStore("waiting", "readwrite", (store) => store.put(row));
  if (self.registration.sync) await self.registration.sync.register("send").catch(() => null);
}

/* Sending: one after the other, and never two at once */
let sending = Promise.resolve();
function send() {
  sending = sending.then(sendAll, sendAll);
  return sending;
}
async function sendAll() {
  if (!(await mine())) return;
  const stopped = new Set();
  for (const row of await rows()) {
    if (row.state === "look") stopped.add(row.path);
    if (stopped.has(row.path)) continue;
    const line = await askMine(row.path);
    if (!line) break;
    const became = await sendOne(row, line);
    if (became === "sent") { await drop(row.id); await tell(row.path); }
    if (became === "look") {
      await inStore("waiting", "readwrite", (store) => store.put({ ...row, state: "look" }));
      stopped.add(row.path);
    }
    if (became === "later") break;
  }
}
const tell = (path) => inStore("mine", "readwrite", (store) => store.put(path, "sent"));
async function sentLast() {
  await send();
  const path = (await mine()) && await inStore("mine", "readonly", (store) => store.get("sent"));
  return path || "";
}
async function sendOne(row, line) {
  const fields = await unlocked(row, (await mine()).key);
  const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", line.csrf], ["draft_token", line.draft]]);
  const answer = await fetch(row.path, { method: "POST", body, cache: "no-store" }).catch(() => null);
  if (!answer) return "later";
  const there = new URL(answer.url).pathname;
  if (there.startsWith("/accounts/")) return "later";
  if (answer.ok && answer.redirected && !there.startsWith("/sign-in/")) return "sent";
  return answer.ok || [404, 409, 410, 422].includes(answer.status) ? "look" : "later";
}
async function settled(path, posted) {
  const own = await mine();
  if (!own) return;
  for (const row of await rows()) {
    if (row.path !== path || row.state !== "look") continue;
    const open = of(await unlocked(row, own.key), "open");
    if (open.every((exercise) => of(posted, "open").includes(exercise))) await drop(row.id);
  }
}

/* Requests */
async function away(note) {
  const page = await caches.match(AWAY), words = page ? await page.text() : "";
  const said = note ? words.replace("</h1>", '</h1><p class="inset" role="status">' + note + "</p>") : words;
  return words ? new Response(said, { headers: page.headers }) : Response.error();
}
async function shown(event, path) {
  const stored = await caches.match(path === HELP ? HELP : kept(path));
  const asked = fetch(event.request);
  const slow = new Promise((_done, fail) => { if (stored) setTimeout(fail, SLOW_MS); });
  try {
    const answer = await Promise.race([asked, slow]);
    if (answer.ok && /^\/(programmes|my)\//.test(path)) event.waitUntil(opened(path).catch(() => null));
    return answer;
  } catch (error) {
    asked.catch(() => null);
    return stored || away("");
  }
}
async function signedOut(request) {
  const page = await away(WORDS.sign_out_later);
  try { return await fetch(request); } catch (error) { return page; } finally { await forget(); }
}
async function posted(request, path) {
  const fields = [...(await request.clone().formData())].filter((each) => typeof each[1] === "string");
  const own = await mine(), from = of(fields, "kept")[0], act = of(fields, "do")[0] || "save";
  if (!from) {
    try {
      const answer = await fetch(request);
      if (answer.type === "opaqueredirect") await settled(path, fields).catch(() => null);
      return answer;
    } catch (error) {
      if (!own || NEEDS_A_LINE.test(act)) return away("");
    }
  }
  if (!own) return away("");
  await wait(path, fields, own);
  await send();
  const onwards = ["done", "without", "skip"].includes(act);
  return Response.redirect(!onwards ? path : path.split("/").slice(0, 4).join("/") + "/", 303);
}

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST") {
    if (pathname === SIGN_OUT) event.respondWith(signedOut(request));
    else if (PIECE.test(pathname)) event.respondWith(posted(request, pathname));
  } else if (request.mode === "navigate") {
    event.respondWith(shown(event, pathname));
  } else if (request.method === "GET" && /^\/(static|media\/images)\//.test(pathname)) {
    event.respondWith(fetch(request).catch(async (error) => {
      const stored = await caches.match(request);
      if (stored) return stored;
      throw error;
    }));
  }
});
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(BASE).then((base) => base.addAll(
    SHELL.map((address) => new Request(address, { cache: "reload" })))));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("sync", (event) => { if (event.tag === "send") event.waitUntil(send()); });

/* What the pages ask: keep.js */
const title = (words) => (words.match(/<h1>([^<]*)<\/h1>/) || ["", ""])[1];
async function titled(path) {
  const page = await caches.match(kept(path));
  return { path, title: page ? title(await page.text()) : path };
}
const ASKED = {
  keep: ({ parts }) => keep(parts),
  forget: () => forget().then(() => true),
  send: sentLast,
  told: async () => (await mine()) ? inStore("mine", "readwrite", (store) => store.delete("sent")) : null,
  drop: ({ id }) => drop(id).then(() => true),
  async read({ id }) {
    const own = await mine(), row = own && (await rows()).find((each) => each.id === id);
    return row ? { path: row.path, fields: await unlocked(row, own.key) } : null;
  },
  async state({ path }) {
    const own = await mine();
    if (!own) return { kept: false, waiting: [], words: WORDS };
    const waiting = await rows(), here = waiting.filter((row) => row.path === path && row.state === "waiting").pop();
    return {
      kept: true, words: WORDS,
      waiting: await Promise.all(waiting.map(async (row) => (
        { id: row.id, at: row.at, state: row.state, ...await titled(row.path) }))),
      here: here && { id: here.id, fields: covered(here) ? null : await unlocked(here, own.key) },
    };
  },
  async parts() {
    const found = [], there = await caches.has(PAGES);
    for (const request of there ? await (await caches.open(PAGES)).keys() : []) {
      const path = new URL(request.url).pathname.replace(/^\/kept\//, "/programmes/");
      if (PART.test(path)) found.push(await titled(path));
    }
    return found;
  },
};
self.addEventListener("message", (event) => {
  const act = ASKED[event.data.do];
  if (act) event.waitUntil(act(event.data).then(
    (told) => event.ports[0].postMessage({ told }), (error) => event.ports[0].postMessage({ failed: String(error) })));
});
