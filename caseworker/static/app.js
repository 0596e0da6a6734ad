// Makes pages quicker and safer to use. Every page works without it.
import { initAll } from "./vendor/govuk-frontend.min.js";
import { copyWords } from "./js/copying.js";
import { keepDrafts } from "./js/drafts.js";
import { watchForms } from "./js/forms.js";
import { listenToKeys } from "./js/keys.js";
import { markAll } from "./js/marking.js";
import { watchSession } from "./js/session.js";
import { signHere } from "./js/signing.js";
import { showWhereOneIs } from "./js/strips.js";

// The inline snippet that usually sets these classes is forbidden by the content policy.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
showWhereOneIs();
watchForms();
keepDrafts();
listenToKeys();
markAll();
copyWords();
signHere();
watchSession();
