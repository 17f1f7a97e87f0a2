// Starts the components of GOV.UK Frontend, and the editor of rich text where a form has one. Every
// page works without this file.

document.body.classList.add("js-enabled", "govuk-frontend-supported");

// The page names the addresses, because in production they carry a hash.
const { govukFrontend, editor } = document.getElementById("portal-script").dataset;
const { initAll } = await import(govukFrontend);
initAll();

if (document.querySelector("textarea[data-rich]")) {
  const { editAll } = await import(editor);
  editAll();
}
