/* Keeps a part of the page current: `<section data-refresh>` is fetched again every 20
   seconds from the page's own address (or `data-refresh="/address"`).

   Rows are `[data-row]`. Known rows get the new words of their `[data-live]` parts where
   they stand. New, gone or reordered rows wait behind a button while somebody's pointer or
   focus is in the part, so that nothing jumps under a hand. `[data-beside="name"]` is what
   else may change. Without a connection the `[data-stale]` note says since when. */
const EVERY = 20_000;
const GIVE_UP = 8_000;
const part = document.querySelector("[data-refresh]");
const stale = document.querySelector("[data-stale]");
const news = document.querySelector("[data-news]");
let [tag, waiting, lastGood] = ["", null, new Date()]; // by its tag, the same answer is not sent again

const clock = (time) => time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const rows = (root) => [...root.querySelectorAll("[data-row]")];
const keys = (root) => rows(root).map((row) => row.dataset.row).join();
const inUse = () => part.matches(":hover") || part.contains(document.activeElement);

function showStale(isStale) {
  if (!isStale) lastGood = new Date();
  if (!stale) return;
  stale.hidden = !isStale;
  const since = stale.querySelector("[data-since]");
  if (isStale && since) since.textContent = clock(lastGood);
  part.classList.toggle("is-stale", isStale);
}

/* Only the "(6)" of the title: the part may stand beside something else. */
function countInTitle(title) {
  const count = /\(\d+\)/;
  const now = title.match(count);
  if (now) document.title = document.title.replace(count, now[0]);
}

/* Only where it changed: nothing is said twice. */
function renew(old, fresh) {
  if (!fresh || fresh.innerHTML === old.innerHTML) return;
  old.className = fresh.className;
  old.replaceChildren(...fresh.childNodes);
}

/* The same parts in the same order: only their words change. */
function updateInPlace(from, to) {
  const next = to.querySelectorAll("[data-live]");
  from.querySelectorAll("[data-live]").forEach((live, place) => renew(live, next[place]));
}

function swap() {
  if (!waiting) return;
  part.replaceChildren(...waiting.childNodes);
  waiting = null;
  if (news) news.hidden = true;
}

function offer(fresh) {
  const known = new Set(rows(part).map((row) => row.dataset.row));
  const added = rows(fresh).filter((row) => !known.has(row.dataset.row)).length;
  waiting = fresh;
  if (!news || !inUse()) return swap();
  const words = added ? `${added} new ${added === 1 ? "flag" : "flags"}` : "The list has changed";
  news.textContent = `${words}. Show`;
  news.hidden = false;
}

async function refresh() {
  if (document.hidden && !stale) return;
  try {
    const answer = await fetch(part.dataset.refresh || location.href, {
      headers: { "X-Requested-With": "fetch", "If-None-Match": tag },
      signal: AbortSignal.timeout(GIVE_UP),
    });
    if (answer.status === 304) return showStale(false);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-refresh]");
    if (!fresh) throw new Error("signed out");
    tag = answer.headers.get("ETag") ?? "";
    showStale(false);
    countInTitle(page.title);
    for (const old of document.querySelectorAll("[data-beside]"))
      renew(old, page.querySelector(`[data-beside="${old.dataset.beside}"]`));
    if (keys(fresh) !== keys(part)) offer(fresh);
    else if (keys(part)) updateInPlace(part, fresh);
    else renew(part, fresh);
  } catch {
    showStale(true);
  }
}

if (part) {
  setInterval(refresh, EVERY);
  addEventListener("offline", () => showStale(true));
  addEventListener("online", refresh);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  news?.addEventListener("click", () => {
    swap();
    part.querySelector("[data-row] a")?.focus();
  });
}
