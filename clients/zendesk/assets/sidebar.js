// Hands the open ticket to the widget, and what an agent chooses to the reply.
(async () => {
  const client = globalThis.ZAFClient.init();
  const { settings } = await client.metadata();
  const { currentUser } = await client.get("currentUser");
  const script = document.createElement("script");
  script.src = `${settings.portal.replace(/\/+$/, "")}/widget.js`;
  script.dataset.language = (currentUser.locale || "en").slice(0, 2).toLowerCase();
  script.dataset.target = "#portal";
  document.body.addEventListener("kbportal:fill", ({ detail }) => {
    client.invoke("ticket.comment.appendText", detail.text);
  });
  script.addEventListener("load", async () => {
    const { ticket } = await client.get("ticket");
    globalThis.KbPortal.ticket(`${ticket.subject || ""}\n${ticket.description || ""}`);
    client.invoke("resize", { width: "100%", height: "520px" });
  });
  document.body.append(script);
})();
