/* "None of these" and a sign cannot both be ticked. An extra only: the server never lets
   "none" win over a sign. */
document.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || !target.checked || !target.form) return;
  const none = "exclusive" in target.dataset;
  // `elements[name]` would be the box itself where there is only one of that name.
  for (const other of target.form.querySelectorAll(`[name="${CSS.escape(target.name)}"]`)) {
    const otherIsNone = "exclusive" in other.dataset;
    if (other !== target && (none || otherIsNone)) other.checked = false;
  }
});
