/* Locks the screen of staff when nobody has sat at it for a while. The server says when
   that is, for every page that is open: this only asks it, and tells it that somebody is
   typing. What was typed stays under the cover, and the way to unlock opens beside it. */
const cover = document.querySelector("[data-cover]");
const LOOK_EVERY = 10_000;
const TELL_EVERY = 240_000;
let lockAt = Date.now() + 840_000;
let told = Date.now();
let touched = told;
let typed = false;

async function secondsLeft(method) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": token };
  const answer = await fetch(cover.dataset.awake, { method, headers });
  return answer.ok && !answer.redirected ? (await answer.json()).seconds : 0;
}

function show(isLocked) {
  cover.hidden = !isLocked;
  for (const part of document.body.children) if (part !== cover) part.inert = isLocked;
}

function lock() {
  const link = cover.querySelector("a");
  show(true);
  if (typed) link.target = "_blank";
  else location.assign(link.href);
  link.focus();
}

async function ask(method) {
  const seconds = await secondsLeft(method).catch(() => (lockAt - Date.now()) / 1000);
  lockAt = Date.now() + seconds * 1000;
  if (seconds > 0) show(false);
  else if (cover.hidden) lock();
}

async function look() {
  const now = Date.now();
  if (cover.hidden && now < lockAt && touched > told && now - told > TELL_EVERY) {
    told = now;
    await ask("POST");
  } else if (cover.hidden && now >= lockAt) await ask("GET");
}

if (cover) {
  setInterval(look, LOOK_EVERY);
  for (const kind of ["pointerdown", "keydown", "wheel"])
    addEventListener(kind, () => (touched = Date.now()), { passive: true });
  addEventListener("input", () => (typed = true));
  addEventListener("submit", () => (typed = false));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !cover.hidden) ask("GET");
  });
}
