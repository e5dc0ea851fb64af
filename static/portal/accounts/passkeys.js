// Passkeys: asks the browser to make or show one, and sends what it answers with the form.
//
// A form says what it wants (data-passkey: "create" or "get"), and the server's options for it: as
// JSON (data-options), or the address that answers them (data-address).

const makers = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON({
        ...options,
        // Kept by the device, which asks who holds it: the passkey is enough to sign in.
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
      }),
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    }),
};

const isKnown = Boolean(globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const answer = await fetch(form.dataset.address, { headers: { Accept: "application/json" } });
  if (answer.redirected || !answer.ok) throw new Error(`no options: ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

const failed = document.querySelector("[data-passkey-failed]");

for (const form of isKnown ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const credential = await makers[form.dataset.passkey](await optionsOf(form));
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      // Whoever changes their mind, or a device that has none.
      failed.hidden = false;
    }
  });
}
