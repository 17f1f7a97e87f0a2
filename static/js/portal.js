// Starts the components of GOV.UK Frontend. Every page works without this file.

document.body.classList.add("js-enabled", "govuk-frontend-supported");

// The page names the library's address, because in production it carries a hash.
const { initAll } = await import(document.getElementById("portal-script").dataset.govukFrontend);
initAll();
