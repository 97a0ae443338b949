// Quicker ways for what every page can do without a script.
import {applyAtOnce, addFind} from "./facets.js";
import {suggestBelow} from "./suggest.js";
import {offerCopy, offerPrint} from "./tools.js";

for (const form of document.querySelectorAll("form[data-apply]")) {
  applyAtOnce(form);
  addFind(form);
}
for (const form of document.querySelectorAll("form[data-suggest]")) suggestBelow(form);
offerCopy();
offerPrint();
