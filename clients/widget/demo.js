document.querySelector("#match").addEventListener("click", () => {
  KbPortal.ticket(document.querySelector("#ticket").textContent);
});
