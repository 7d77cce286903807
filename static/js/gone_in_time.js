/* What can be done only for a while goes by itself: `data-gone-in="8"`, seconds from when
   the page was drawn. An extra only: the server refuses it by its own clock. */
for (const part of document.querySelectorAll("[data-gone-in]")) {
  setTimeout(() => {
    const next = part.parentElement.querySelector("[data-gone-in] ~ * :is(a, button, summary)");
    if (part.contains(document.activeElement)) next?.focus();
    part.remove();
  }, Number(part.dataset.goneIn) * 1000);
}
