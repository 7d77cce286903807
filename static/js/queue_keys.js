/* Shortcuts of the queue. Each presses a button or follows a link that is on the page:
   `data-key="a"` names its key. They do nothing in fields, with a modifier held, or when
   they are turned off in the sheet that `?` opens. */
const OFF = "shortcuts-off";
const sheet = document.querySelector("[data-shortcuts]");
const off = sheet?.querySelector("[data-shortcuts-off]");

const isOff = () => localStorage.getItem(OFF) === "yes";
const rows = () => [...document.querySelectorAll("[data-row] a")];
const inField = (target) =>
  target.closest("input, textarea, select, [contenteditable], dialog[open]:not([data-shortcuts])");

function move(by) {
  const links = rows();
  const focused = links.indexOf(document.activeElement);
  const open = links.findIndex((link) => link.hasAttribute("aria-current"));
  const from = focused >= 0 ? focused : open;
  const to = from < 0 ? 0 : Math.min(Math.max(from + by, 0), links.length - 1);
  links[to]?.focus();
}

function press(key) {
  const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!control || control.disabled) return false;
  if (control.matches("summary")) control.parentElement.open = true;
  const first = control.matches("summary") && control.parentElement.querySelector("input, textarea, select");
  if (first) first.focus();
  else control.click();
  return true;
}

function showSheet() {
  if (!sheet) return;
  if (off) off.checked = isOff();
  if (sheet.open) sheet.close();
  else sheet.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (inField(event.target)) return;
  if (event.key === "?") return showSheet();
  if (isOff() || sheet?.open) return;
  const key = event.key.toLowerCase();
  if (key === "j") move(1);
  else if (key === "k") move(-1);
  else if (!/^[uacmsex]$/.test(key) || !press(key)) return;
  event.preventDefault();
});

off?.addEventListener("change", () => {
  localStorage.setItem(OFF, off.checked ? "yes" : "no");
});
document.querySelector("[data-show-shortcuts]")?.addEventListener("click", showSheet);
