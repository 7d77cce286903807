/* After a form comes back, the reader starts at the summary of what is wrong; a link in
   it puts the focus on the input, not only on its place. */
const summary = document.querySelector("[data-errors]");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const input = link && document.getElementById(link.hash.slice(1));
    if (!input) return;
    event.preventDefault();
    input.focus({ preventScroll: true });
    (input.closest(".q, .field") ?? input).scrollIntoView({ block: "start" });
  });
}
