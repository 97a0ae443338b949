// Debian's Chromium, quiet and without network of its own.
import {chromium} from "playwright-core";

export const widths = [360, 768, 1440];

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// Every kind of page; `document` is the address of one.
export function pagesOf(document) {
  return {
    home: "/",
    results: "/tim?q=bai+hoc+kinh+nghiem+giai+ngan",
    filtered: "/tim?q=giai+ngan&region=trung-du-mien-nui-bac-bo&year=2023&role=difficulty",
    list: "/tim?sort=newest&places=present",
    empty: "/tim?q=khongcotunay&province=yen-bai&year=2021",
    document,
    places: "/vung",
    region: "/vung/trung-du-mien-nui-bac-bo",
    province: "/tinh/lao-cai",
    "province-named": "/tinh/yen-bai",
    programmes: "/chuong-trinh",
    programme: "/chuong-trinh/dttsmn",
    about: "/gioi-thieu",
    help: "/tro-giup",
    error: "/khong-co-trang-nay",
    english: "/tim?q=giai+ngan&lang=en",
  };
}
