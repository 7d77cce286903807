/* Going back, reloading or duplicating the tab shows the same form again. It keeps the key
   that it had, so that sending it twice is one log; after an hour it is a new form. */
const AN_HOUR = 3_600_000;
const key = document.querySelector("form [name=key]");

if (key) {
  const kept = history.state?.form;
  if (kept && Date.now() - kept.at < AN_HOUR) key.value = kept.key;
  else history.replaceState({ ...history.state, form: { key: key.value, at: Date.now() } }, "");
}
