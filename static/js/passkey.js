/* Passkeys. `<form data-passkey="get">` shows one, `data-passkey="create"` makes one; what
   the browser is asked for stands in `data-options`, or is fetched from where the form goes. */
const api = window.webauthnJSON;

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function use(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = await api[form.dataset.passkey](await optionsOf(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    problem.hidden = false;
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!api?.supported()) break;
  form.hidden = false;
  document.querySelector("[data-no-passkey]")?.setAttribute("hidden", "");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    use(form);
  });
}
