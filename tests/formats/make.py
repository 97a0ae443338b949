#!/usr/bin/python3
"""Makes files in every format, each with its truth beside it: tests/formats/make.py FOLDER

FOLDER/files/FORMAT/NAME.EXT holds the text of FOLDER/truth/FORMAT/NAME.EXT.txt. The bodies are the shipped
samples; foreign.tsv holds invented ones in other languages. Needs LibreOffice (writer, calc, impress),
python3-docx, python3-openpyxl, python3-pil, fonts-dejavu-core and poppler-utils.
"""
import base64
import datetime
import html
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus" / "samples"
ENCODINGS = ROOT / "text" / "encodings"
SEED = 1719
SHEETS, SLIDES, PAGES = 8, 8, 8
ROWS = 60
PAGE_WORDS = 220
WRONG = ["pdf", "txt", "docx", "xls", "html", "zip", "jpg", "doc"]


class Set:
    """The folder of files and of what is true of them."""

    def __init__(self, folder):
        self.files, self.truths, self.work = folder / "files", folder / "truth", folder / "work"
        for place in (self.files, self.truths, self.work):
            place.mkdir(parents=True)

    def truth(self, kind, name, text):
        path = self.truths / kind / (name + ".txt")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def add(self, kind, name, data, text):
        path = self.files / kind / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        self.truth(kind, name, text)

    def take(self, kind, path, text):
        self.add(kind, path.name, path.read_bytes(), text)

    def convert(self, kind, sources, suffix, filters=""):
        """One run of LibreOffice for all `sources`: (path, truth)."""
        out = self.work / kind
        subprocess.run(["soffice", f"-env:UserInstallation=file://{self.work}/profile", "--headless", "--convert-to",
                        suffix + filters, "--outdir", out, *[path for path, _ in sources]],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path, text in sources:
            self.take(kind, out / f"{path.stem}.{suffix}", text)


def load_bodies():
    """Name → lines, without the marks of Markdown."""
    bodies = {}
    for path in sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")]):
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".md":
            text = re.sub(r"^(#+|-|>) +|^\|?[-| :]+\|$", "", text, flags=re.M)
            text = re.sub(r" *\| *", "  ", text).replace("**", "")
        bodies[path.stem] = text
    for path in sorted(SAMPLES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            bodies[record["id"]] = record["text"]
    return {name: [line.strip() for line in unicodedata.normalize("NFC", text).splitlines() if line.strip()]
            for name, text in bodies.items()}


# Legacy encodings ---------------------------------------------------------------------------------

def load_table(name):
    codes = {}
    for line in (ENCODINGS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if "\tU+" in line:
            code, point = line.split("\t")[:2]
            codes.setdefault(chr(int(point[2:], 16)), bytes.fromhex(code))
    return codes


# What people typed before there were such signs.
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "²": "2", "³": "3",
                       "•": "-", "\u00A0": " ", "×": "x", "½": "1/2", "≥": ">=", "≤": "<=", "°": "o", "→": "->"})


def encode(table, text):
    """A capital without a code gets that of its small letter, as fonts of capitals have it."""
    out = b""
    for c in text:
        code = table.get(c) or table.get(c.lower())
        if code is None and ord(c) >= 0x80:
            raise ValueError(f"no code for {c!r}")
        out += code or c.encode("ascii")
    return out


def windows_1258(text):
    out = b""
    for c in text:
        try:
            out += c.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", c)
            tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            out += (unicodedata.normalize("NFC", parts.replace(tone, "")) + tone).encode("cp1258")
    return out


def make_texts(files, bodies):
    tables = {name: load_table(name) for name in ("tcvn3", "vni", "viscii", "vps")}
    for name, lines in bodies.items():
        text = "\n".join(lines) + "\n"
        files.add("txt UTF-8", name + ".txt", text, text)
        files.add("txt UTF-16", name + ".txt", text.encode("utf-16"), text)
        files.add("txt NFD", name + ".txt", unicodedata.normalize("NFD", text), text)
        plain = text.translate(PLAIN)
        for table, codes in tables.items():
            files.add(f"txt {table}", name + ".txt", encode(codes, plain), plain)
        files.add("txt windows-1258", name + ".txt", windows_1258(plain), plain)


# Word processors ----------------------------------------------------------------------------------

def write_docx(path, lines, font=None, encode_line=None):
    import docx

    document = docx.Document()
    for line in lines:
        if line.isupper() and len(line) < 100 and not encode_line:
            document.add_heading(line, level=1)
            continue
        run = document.add_paragraph().add_run(encode_line(line) if encode_line else line)
        if font:
            run.font.name = font
    document.save(path)


def table_of(lines):
    """The last three lines again, as a table."""
    return [["Nội dung", "Ghi chú"]] + [[line[:60], f"dòng {n}"] for n, line in enumerate(lines[-3:], 1)]


def make_documents(files, bodies):
    import docx

    sources, pages = [], []
    for name, lines in bodies.items():
        path = files.work / f"{name}.docx"
        write_docx(path, lines)
        rows = table_of(lines)
        document = docx.Document(path)
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row):
                cell.text = text
        document.save(path)
        text = "\n".join(lines + ["\t".join(row) for row in rows]) + "\n"
        sources.append((path, text))
        files.take("docx", path, text)
    for suffix, filters in (("doc", ":MS Word 97"), ("rtf", ""), ("odt", ""), ("pdf", ""), ("docx", ":Office Open XML Text")):
        files.convert(f"{suffix}" if suffix != "docx" else "docx LibreOffice", sources, suffix, filters)


def rtf_bytes(data):
    return "".join(chr(b) if 0x20 <= b < 0x7F and chr(b) not in "\\{}" else f"\\'{b:02x}" for b in data)


def make_old_fonts(files, bodies):
    for table, font, capitals in (("tcvn3", ".VnTime", ".VnTimeH"), ("vni", "VNI-Times", "VNI-Times")):
        codes = load_table(table)
        for name, lines in bodies.items():
            plain = [line.translate(PLAIN) for line in lines]
            text = "\n".join(plain) + "\n"
            path = files.work / f"{name}-{table}.docx"
            write_docx(path, plain, font, lambda line, codes=codes: encode(codes, line).decode("cp1252"))
            files.add(f"docx {font}", name + ".docx", path.read_bytes(), text)
            body = "".join(f"\\pard\\f{int(line.isupper())} {rtf_bytes(encode(codes, line.lower() if line.isupper() and table == 'tcvn3' else line))}\\par\r\n"
                           for line in plain)
            files.add(f"rtf {font}", name + ".rtf", f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fnil {font};}}{{\\f1\\fnil {capitals};}}}}\r\n{body}}}", text)


# Sheets and slides --------------------------------------------------------------------------------

def make_sheets(files, bodies):
    import openpyxl

    chance = random.Random(SEED)
    sources = []
    for name, lines in list(bodies.items())[:SHEETS]:
        words = " ".join(lines).split()
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Giải ngân"
        head = ["Nội dung", "Đơn vị", "Ngày giao", "Kế hoạch", "Tỷ lệ"]
        shown = [head]
        sheet.append(head)
        for number in range(ROWS):
            at = chance.randrange(len(words) - 20)
            cells = [" ".join(words[at:at + 7]), f"Xã thứ {number + 1}"]
            day = datetime.date(2021, 1, 1) + datetime.timedelta(chance.randrange(1500))
            plan, share = chance.randrange(1, 90_000), chance.randrange(1, 1000)
            sheet.append([*cells, day, plan, share / 1000])
            row = number + 2
            sheet.cell(row, 3).number_format = "dd/mm/yyyy"
            sheet.cell(row, 4).number_format = "#,##0"
            sheet.cell(row, 5).number_format = "0.0%"
            shown.append([*cells, day.strftime("%d/%m/%Y"), f"{plan:,}".replace(",", "."), f"{share / 10:.1f}%".replace(".", ",")])
        path = files.work / f"bang-{name}.xlsx"
        book.save(path)
        table = "\n".join("\t".join(row) for row in shown)
        text = f"Giải ngân\n{table}\n"
        files.take("xlsx", path, text)
        sources.append((path, text))
        files.add("csv", f"bang-{name}.csv", "".join(";".join(f'"{cell}"' for cell in row) + "\r\n" for row in shown), table)
    files.convert("xls", sources, "xls", ":MS Excel 97")
    files.convert("ods", sources, "ods")


def flat_slides(lines):
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"' for name, urn in [
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("svg", "svg-compatible"), ("presentation", "presentation")])
    pages = []
    for start in range(0, len(lines), 5):
        title, *rest = lines[start:start + 5]
        frame = ('<draw:frame presentation:class="{}" presentation:style-name="{}" svg:width="20cm" svg:height="5cm" svg:x="1cm" '
                 'svg:y="{}cm"><draw:text-box>{}</draw:text-box></draw:frame>')
        p = lambda line: f"<text:p>{html.escape(line)}</text:p>"  # noqa: E731
        pages.append(f'<draw:page draw:name="s{start}" draw:master-page-name="M">' + frame.format("title", "M-title", 1, p(title))
                     + (frame.format("outline", "M-outline", 7, "<text:list>" + "".join(
                         f"<text:list-item>{p(line)}</text:list-item>" for line in rest) + "</text:list>") if rest else "") + "</draw:page>")
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.2" '
            'office:mimetype="application/vnd.oasis.opendocument.presentation"><office:automatic-styles>'
            '<style:page-layout style:name="P"/></office:automatic-styles><office:master-styles>'
            '<style:master-page style:name="M" style:page-layout-name="P"/></office:master-styles><office:body>'
            f'<office:presentation>{"".join(pages)}</office:presentation></office:body></office:document>')


def make_slides(files, bodies):
    sources = []
    for name, lines in list(bodies.items())[-SLIDES:]:
        path = files.work / f"slide-{name}.fodp"
        path.write_text(flat_slides(lines), encoding="utf-8")
        sources.append((path, "\n".join(lines) + "\n"))
    for suffix, filters in (("odp", ""), ("ppt", ":MS PowerPoint 97"), ("pptx", ":Impress MS PowerPoint 2007 XML")):
        files.convert(suffix, sources, suffix, filters)


# What is made by hand -----------------------------------------------------------------------------

def page_of(lines, title="Báo cáo"):
    body = "".join(f"<h2>{html.escape(line)}</h2>" if line.isupper() else f"<p>{html.escape(line)}</p>\n" for line in lines)
    return f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title><style>p {{color: red}}</style></head><body><div>{body}</div></body></html>'


def make_pages(files, bodies):
    import io

    names = list(bodies)
    for number, (name, lines) in enumerate(bodies.items()):
        text = "\n".join(lines) + "\n"
        files.add("html", name + ".html", page_of(lines), text)
        files.add("html thực thể", name + ".html", page_of(lines).encode("ascii", "xmlcharrefreplace"), text)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
            book.writestr("META-INF/container.xml", '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
                          '<rootfile full-path="o/a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')
            middle = len(lines) // 2
            book.writestr("o/a.opf", '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>' + "".join(
                f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in (0, 1))
                + '</manifest><spine><itemref idref="c0"/><itemref idref="c1"/></spine></package>')
            for n, part in enumerate((lines[:middle], lines[middle:])):
                book.writestr(f"o/c{n}.xhtml", page_of(part).replace("<!doctype html>", "").replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"'))
        files.add("epub", name + ".epub", out.getvalue(), text)
        other = names[(number + 1) % len(names)]
        other_text = "\n".join(bodies[other]) + "\n"
        docx = (files.work / f"{other}.docx").read_bytes()
        rows = "\n".join("\t".join(row) for row in table_of(bodies[other]))
        subject = "Gửi báo cáo của huyện"
        body64, docx64 = (base64.encodebytes(data).decode() for data in (text.encode(), docx))
        files.add("eml", name + ".eml", (
            "From: van-phong@vidu.vn\r\nTo: tong-hop@vidu.vn\r\nDate: Tue, 05 Dec 2023 08:30:00 +0700\r\n"
            f"Subject: =?utf-8?B?{base64.b64encode(subject.encode()).decode()}?=\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="ranh"\r\n\r\n--ranh\r\nContent-Type: text/plain; charset=utf-8\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{body64}\r\n--ranh\r\n"
            'Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document; name="a.docx"\r\n'
            f'Content-Disposition: attachment; filename="a.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\n{docx64}\r\n--ranh--\r\n'),
            f"van-phong@vidu.vn\ntong-hop@vidu.vn\n05/12/2023\n{subject}\n{text}{other_text}{rows}\n")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("báo cáo.txt", text)
            package.writestr("phụ lục/khác.docx", docx)
            package.writestr("trang.html", page_of(lines))
        files.add("zip", name + ".zip", out.getvalue(), text + other_text + rows + "\n" + text)


# Scans --------------------------------------------------------------------------------------------

def first_page(lines):
    out, count = [], 0
    for line in lines:
        words = line.split()[:PAGE_WORDS - count]
        count += len(words)
        if words:
            out.append(" ".join(words))
    return out


def noisy(image, chance, angle):
    """As a worn scanner gives it: askew, specks, grey paper, uneven ink."""
    from PIL import Image, ImageChops, ImageFilter

    image = image.rotate(angle, resample=Image.BICUBIC, fillcolor=255, expand=False).filter(ImageFilter.GaussianBlur(0.6))
    noise = Image.effect_noise(image.size, 26).point(lambda v: min(255, 127 + v))
    image = ImageChops.multiply(image, noise.point(lambda v: min(255, v + 10)))
    for _ in range(300):
        image.putpixel((chance.randrange(image.width), chance.randrange(image.height)), 0)
    return image


def make_scans(files, bodies):
    from PIL import Image

    chance = random.Random(SEED)
    sources = []
    for name, lines in list(bodies.items())[:PAGES]:
        lines = first_page(lines)
        path = files.work / f"trang-{name}.docx"
        write_docx(path, lines)
        sources.append((path, "\n".join(lines) + "\n"))
    files.convert("scan source", sources, "pdf")
    shutil.rmtree(files.files / "scan source")
    shutil.rmtree(files.truths / "scan source")
    for number, (path, text) in enumerate(sources):
        stem = files.work / path.stem
        subprocess.run(["pdftoppm", "-r", "200", "-gray", files.work / "scan source" / f"{path.stem}.pdf", stem], check=True)
        pages = [Image.open(page).convert("L") for page in sorted(files.work.glob(f"{path.stem}-*.pgm"))]

        def add(kind, suffix, pages, **options):
            place = files.files / kind
            place.mkdir(exist_ok=True)
            name = f"{path.stem}.{suffix}"
            first, *rest = pages
            more = {"save_all": True, "append_images": rest} if suffix in ("pdf", "tiff") else {}
            first.save(place / name, **more, **options)
            files.truth(kind, name, text)

        angle = (-1.2, 1.2, -0.7, 0.7, 1.0, -1.0, 0.4, -0.4)[number % 8]
        add("scan pdf", "pdf", pages, resolution=200)
        add("scan tiff", "tiff", [page.convert("1") for page in pages], compression="group4", dpi=(200, 200))
        add("scan pdf skewed, noise", "pdf", [noisy(page, chance, angle) for page in pages], resolution=200, quality=60)
        if len(pages) == 1:
            add("scan jpeg", "jpg", pages, quality=70, dpi=(200, 200))
            add("scan png", "png", pages, dpi=(200, 200))
            add("scan png turned", "png", [pages[0].rotate((90, 180, 270)[number % 3], expand=True)], dpi=(200, 200))


# Wrong extensions, other languages ----------------------------------------------------------------

def make_wrong(files):
    """One file of every second format, once under each of some names that it has no right to."""
    kinds = sorted(place for place in files.files.iterdir() if not place.name.startswith("scan") and place.name != "csv")
    for number, place in enumerate(kinds[::2]):
        for n, path in enumerate(sorted(place.iterdir())[:2]):
            wrong = WRONG[(number + n) % len(WRONG)]
            if path.suffix == "." + wrong:
                wrong = WRONG[(number + n + 1) % len(WRONG)]
            text = (files.truths / place.name / (path.name + ".txt")).read_text(encoding="utf-8")
            files.add("wrong extension", f"{place.name.replace(' ', '-')}-{n}.{wrong}", path.read_bytes(), text)


def make_foreign(files):
    for line in (pathlib.Path(__file__).with_name("foreign.tsv")).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, text = line.split("\t")
            text = text.replace("\\n", "\n") + "\n"
            files.add("other languages", f"{name}.txt", text, unicodedata.normalize("NFC", text))
            files.add("other languages", f"{name}-nfd.txt", unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text))


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    bodies = load_bodies()
    files = Set(folder)
    make_texts(files, bodies)
    make_documents(files, bodies)
    make_old_fonts(files, bodies)
    make_sheets(files, bodies)
    make_slides(files, bodies)
    make_pages(files, bodies)
    make_scans(files, bodies)
    make_wrong(files)
    make_foreign(files)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
