// What a user does, in a real browser, against the server at the address given.
// usage: node tests/browser/run.mjs ADDRESS
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {openBrowser, pagesOf, widths} from "./browser.mjs";

const address = process.argv[2].trim();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let passed = 0, failed = 0;

async function test(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`FAILED ${name}: ${error.message}`);
  }
}

function check(holds, what) {
  if (!holds) throw new Error(what);
}

const browser = await openBrowser();
const context = await browser.newContext({viewport: {width: 1440, height: 900},
                                          acceptDownloads: true, bypassCSP: false});
await context.grantPermissions(["clipboard-read", "clipboard-write"], {origin: new URL(address).origin});
const page = await context.newPage();
const complaints = [];
page.on("console", (message) => {
  if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
});
page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));

const totalShown = async () => Number.parseInt((await page.locator("h1").innerText()), 10);

async function searchFor(words) {
  await page.goto(`${address}/`);
  await page.fill("#q", words);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tim?**");
}

let documentPath = "";

for (const words of ["bai hoc kinh nghiem giai ngan", "bài học kinh nghiệm giải ngân"]) {
  await test(`typing "${words}" shows documents with highlights`, async () => {
    await searchFor(words);
    check(await totalShown() > 0, "no documents");
    check(await page.locator(".hit").count() > 0, "no hits");
    check(await page.locator(".hit mark").count() > 0, "nothing highlighted");
    documentPath = await page.locator(".hit-title a").first().getAttribute("href");
  });
}

for (const facet of ["region", "province", "programme", "component", "theme", "type", "year", "role"]) {
  await test(`narrowing by ${facet} gives the number beside it`, async () => {
    await searchFor("giai ngan");
    const box = page.locator(`.filters input[name=${facet}]`).first();
    const details = page.locator("details.facet", {has: page.locator(`input[name=${facet}]`)}).first();
    if (!await details.evaluate((d) => d.open)) await details.locator("summary").first().click();
    const wanted = Number.parseInt(
        await box.locator("xpath=../span[contains(@class,'count')]").innerText(), 10);
    await Promise.all([page.waitForURL(`**${facet}=**`), box.click()]);
    check(await totalShown() === wanted, `${await totalShown()} instead of ${wanted}`);
    check(await page.locator(".chip").count() === 1, "no chip");
    await Promise.all([page.waitForURL((url) => !url.search.includes(`${facet}=`)),
                       page.locator(".chip").click()]);
  });
}

const options = page.locator("#q-list [role=option]");

async function typeInBox(words) {
  await page.goto(`${address}/`);
  await page.locator("#q").pressSequentially(words);
  await options.first().waitFor();
}

await test("typing opens a list that leaves the box alone", async () => {
  await typeInBox("bao c");
  check(await page.locator("#q").inputValue() === "bao c", "the box was written into");
  check(await page.locator("#q").getAttribute("aria-expanded") === "true", "not expanded");
  const told = await page.locator(".search [role=status]").innerText();
  check(told.startsWith(`${await options.count()} `), `told: ${told}`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  check(found.violations.length === 0, found.violations.map((v) => v.id).join("; "));
});

await test("Enter searches what was typed", async () => {
  await typeInBox("bao c");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tim?q=bao+c");
});

await test("arrows choose, Enter opens what is chosen", async () => {
  await typeInBox("dak l");
  await page.keyboard.press("ArrowDown");
  const id = await page.locator("#q").getAttribute("aria-activedescendant");
  check(await page.locator(`[id="${id}"]`).getAttribute("aria-selected") === "true", "not selected");
  check(await page.locator("#q").inputValue() === "dak l", "the box was written into");
  await page.keyboard.press("ArrowUp");
  check(await page.locator("#q").getAttribute("aria-activedescendant") === null, "still chosen");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tinh/dak-lak**");
});

await test("Escape closes the list and keeps the words", async () => {
  await typeInBox("bao c");
  await page.keyboard.press("Escape");
  check(await options.first().isHidden(), "still open");
  check(await page.locator("#q").inputValue() === "bao c", "the words are gone");
});

await test("a click on an option opens it", async () => {
  await typeInBox("dak l");
  await Promise.all([page.waitForURL("**/tinh/dak-lak**"), options.first().click()]);
});

await test("nothing is asked while an input method composes", async () => {
  await page.goto(`${address}/`);
  const asked = [];
  const listen = (request) => {
    if (request.url().includes("/api/v1/suggest")) asked.push(request.url());
  };
  page.on("request", listen);
  await page.focus("#q");
  const client = await context.newCDPSession(page);
  await client.send("Input.imeSetComposition", {text: "bao c", selectionStart: 5, selectionEnd: 5});
  await page.waitForTimeout(400);
  check(asked.length === 0, "asked while composing");
  check(await page.locator("#q").inputValue() === "bao c", "the box was written into");
  await client.send("Input.insertText", {text: "báo c"});
  await options.first().waitFor();
  check(asked.length === 1, `asked ${asked.length} times`);
  check(await page.locator("#q").inputValue() === "báo c", "the box was written into");
  page.off("request", listen);
});

await test("the filters work without script", async () => {
  const plain = await browser.newContext({javaScriptEnabled: false});
  const other = await plain.newPage();
  await other.goto(`${address}/tim?q=giai+ngan`);
  await other.locator(".filters input[name=role]").first().check();
  await Promise.all([other.waitForURL("**role=**"), other.locator(".apply button").click()]);
  check(await other.locator(".hit").count() > 0, "no hits");
  await plain.close();
});

await test("a document is read at its passage, with similar ones", async () => {
  await searchFor("bài học kinh nghiệm giải ngân");
  await page.locator(".hit-more a").first().click();
  await page.waitForURL("**/van-ban/**");
  const anchor = new URL(page.url()).hash.slice(1);
  check(anchor.startsWith("p-"), `no passage in ${page.url()}`);
  const passage = page.locator(`[id="${anchor}"]`);
  check(await passage.count() === 1, "no such passage");
  check(await passage.evaluate((p) => p.getBoundingClientRect().top < innerHeight), "not in view");
  check(await page.locator(".text mark").count() > 0, "nothing highlighted");
  check(await page.locator("#tuong-tu li").count() > 0, "nothing similar");
  await page.locator("#tuong-tu a").first().click();
  check(page.url().includes("/van-ban/"), "similar leads elsewhere");
});

await test("the original is downloaded", async () => {
  await page.goto(address + documentPath);
  const [download] = await Promise.all([page.waitForEvent("download"),
                                        page.locator("a[download]").first().click()]);
  check(await download.failure() === null, "download failed");
});

await test("the address of a document is copied", async () => {
  await page.goto(address + documentPath);
  await page.locator("[data-copy]").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check(copied === address + new URL(documentPath, address).pathname, `copied ${copied}`);
});

await test("one goes in by region, province and programme", async () => {
  await page.goto(`${address}/vung`);
  await page.locator("table a[href^='/vung/']").first().click();
  await page.waitForURL("**/vung/**");
  check(await page.locator("svg.tiles a").count() > 1, "no map");
  await page.goto(`${address}/tinh/lao-cai`);
  await page.locator(".matrix td a").first().click();
  await page.waitForURL("**/tim?**");
  check(await page.locator(".hit").count() > 0, "no hits");
  await page.goto(`${address}/chuong-trinh`);
  await page.locator(".list a").first().click();
  await page.waitForURL("**/chuong-trinh/**");
  const sum = page.locator(".matrix .sum a").first();
  const wanted = Number.parseInt(await sum.innerText(), 10);
  await sum.click();
  check(await totalShown() === wanted, "the number of the table is not that of the list");
});

await test("the language is switched and remembered", async () => {
  await page.goto(`${address}/`);
  await page.locator(".lang").click();
  await page.goto(`${address}/tro-giup`);
  check(await page.locator("html").getAttribute("lang") === "en", "not English");
  await context.clearCookies();
});

const pages = pagesOf(documentPath);
for (const scheme of ["light", "dark"]) {
  await page.emulateMedia({colorScheme: scheme});
  for (const width of widths) {
    await page.setViewportSize({width, height: 900});
    for (const [name, path] of Object.entries(pages)) {
      await test(`${name} at ${width} px, ${scheme}`, async () => {
        const before = complaints.length;
        await page.goto(address + path);
        const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        check(overflow <= 0, `${overflow} px wider than the window`);
        // The missing page itself is told to the console.
        if (name === "error") complaints.length = before;
        check(complaints.length === before, complaints.slice(before).join("; "));
        await page.evaluate(axe);
        const found = await page.evaluate(() => axe.run());
        check(found.violations.length === 0, found.violations
            .map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`).join("; "));
      });
      await context.clearCookies();
    }
  }
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
