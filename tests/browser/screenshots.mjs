// usage: node tests/browser/screenshots.mjs ADDRESS FOLDER [dark] [NAME…]
import {mkdirSync} from "node:fs";
import {openBrowser, pagesOf, widths} from "./browser.mjs";

const [address, folder, ...rest] = process.argv.slice(2);
const dark = rest[0] === "dark" && Boolean(rest.shift());
mkdirSync(folder, {recursive: true});
const browser = await openBrowser();
const context = await browser.newContext({colorScheme: dark ? "dark" : "light"});
const page = await context.newPage();
await page.goto(`${address}/tim?q=bai+hoc+kinh+nghiem+giai+ngan`);
const pages = pagesOf(new URL(await page.locator(".hit-title a").first().getAttribute("href"),
                              address).pathname + "?q=giai+ngan");
for (const width of widths) {
  await page.setViewportSize({width, height: 900});
  for (const [name, path] of Object.entries(pages)) {
    if (rest.length && !rest.includes(name)) continue;
    await page.goto(address + path);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({path: `${folder}/${name}-${width}${dark ? "-dark" : ""}.png`,
                           fullPage: true});
    await context.clearCookies();
  }
}
if (!rest.length && !dark) {
  // The picture of README.md: the first screen of a search typed without marks.
  await page.setViewportSize({width: 1200, height: 800});
  await page.goto(`${address}/tim?q=bai+hoc+kinh+nghiem+giai+ngan`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({path: `${folder}/readme.png`});
}
await browser.close();
