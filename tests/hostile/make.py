#!/usr/bin/python3
"""Fills a folder with files that mean harm, the same every time: tests/hostile/make.py FOLDER

Bombs, cycles, depths, lies about sizes, evil names, cut and flipped fixtures, devices; and good/, whose
documents have to be found all the same. Needs the standard library only.
"""
import base64
import bz2
import gzip
import io
import lzma
import os
import pathlib
import random
import socket
import struct
import sys
import tarfile
import warnings
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures" / "extract"
sys.path.insert(0, str(FIXTURES))
sys.dont_write_bytecode = True
warnings.filterwarnings("ignore", "Duplicate name")
from compound_file import compound_file  # noqa: E402

SEED = 20240917
GOOD = 20
TEXT = "Huyện đã xóa nhà tạm cho 45 hộ nghèo và làm xong hai cầu treo."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in
               ("office", "text", "table", "style", "draw", "manifest"))
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CASES = {}


def case(name):
    """What the function gives is the file's bytes."""
    def keep(function):
        CASES[name] = function
        return function
    return keep


def give(name, data):
    CASES[name] = (lambda: data() if callable(data) else data)


def as_bytes(data):
    return data.encode("utf-8") if isinstance(data, str) else data


def zipped(parts, level=6):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, data in parts.items() if isinstance(parts, dict) else parts:
            package.writestr(zipfile.ZipInfo(name), as_bytes(data), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(body, **more):
    return zipped({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"} |
                  {name.replace("__", "/") + ".xml": data for name, data in more.items()})


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odf(kind, body):
    content = f"<office:document-content {ODF}><office:body>{body}</office:body></office:document-content>"
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mime, "content.xml": content,
                   "META-INF/manifest.xml": f'<manifest:manifest {ODF}><manifest:file-entry manifest:full-path="/" '
                                            f'manifest:media-type="{mime}"/></manifest:manifest>'})


def odt(body):
    return odf("text", f"<office:text>{body}</office:text>")


def ods(rows):
    return odf("spreadsheet", f'<office:spreadsheet><table:table table:name="Bảng">{rows}</table:table>'
                              "</office:spreadsheet>")


def xlsx(rows, strings="", head=""):
    rel = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return zipped({
        "xl/workbook.xml": f'<workbook {S} xmlns:r="{R}"><sheets><sheet name="Bảng" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{rel}<Relationship Id="r1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/>'
                                      f'<Relationship Id="r2" Type="{R}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{head}<worksheet {S}><sheetData>{rows}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>"})


# Zips by hand ------------------------------------------------------------------------------------

def local_header(name, packed, size, crc, method=8, flags=0):
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0x21, crc, packed, size, len(name), 0) + name


def central_header(name, packed, size, crc, offset, method=8, flags=0):
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, method, 0, 0x21, crc, packed, size,
                       len(name), 0, 0, 0, 0, 0, offset) + name


def zip_end(count, size, offset):
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), size, offset, 0)


def deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@case("bom/chong-len-nhau.zip")
def overlapping():
    """20,000 entries that all stand for the same 20 MB."""
    data = bytes(20_000_000)
    packed, crc = deflate(data), zlib.crc32(data)
    front = local_header(b"a.txt", len(packed), len(data), crc) + packed
    names = b"".join(central_header(b"%05d.txt" % n, len(packed), len(data), crc, 0) for n in range(20_000))
    return front + names + zip_end(20_000, len(names), len(front))


@case("bom/trich-nhau.zip")
def quoted():
    """Each member quotes the header of the next in a stored block, so that all unpack the same kernel."""
    content = bytes(1_000_000)
    out, places = deflate(content), []
    for n in range(300, 0, -1):
        name, crc = b"%03d.txt" % n, zlib.crc32(content)
        header = local_header(name, len(out), len(content), crc)
        packed, out = len(out), header + out
        places.append((name, packed, len(content), crc, len(out)))
        if n > 1:
            out = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + out
            content = header + content
    names = b"".join(central_header(*place[:4], len(out) - place[4]) for place in places)
    return out + names + zip_end(len(places), len(names), len(out))


@case("bom/long-nhau.zip")
def nested_bomb():
    data = zipped({"a.txt": bytes(20_000_000)}, 9)
    for _ in range(5):
        data = zipped({f"{n}.zip": data for n in range(16)}, 9)
    return data


@case("bom/noi-doi-ve-kich-thuoc.zip")
def lying_zip():
    data = TEXT.encode()
    packed = deflate(data)
    front = local_header(b"a.txt", len(packed), 0xFFFFFFF0, zlib.crc32(data)) + packed
    names = central_header(b"a.txt", len(packed), 0xFFFFFFF0, zlib.crc32(data), 0)
    return front + names + zip_end(1, len(names), len(front))


@case("bom/thu-muc-ngoai-tep.zip")
def zip_outside():
    data = zipped({"a.txt": TEXT})
    at = data.rfind(b"PK\5\6")
    return data[:at] + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 9, 9, 0xFFFFFFFE, 0xFFFFFFFE, 0)


give("bom/mot-tep-210-mb.zip", lambda: zipped({"a.txt": bytes(210_000_000)}, 1))
give("bom/nhieu-tep.zip", lambda: zipped([(f"{n}.txt", "") for n in range(30_000)], 1))
give("bom/100-mb.txt.gz", lambda: gzip.compress(b"a" * 100_000_000, 6, mtime=0))
give("bom/60-mb.txt.bz2", lambda: bz2.compress(b"a" * 60_000_000))
give("bom/100-mb.txt.xz", lambda: lzma.compress(b"a" * 100_000_000, preset=0))
give("bom/gz-trong-gz.txt.gz.gz.gz", lambda: gzip.compress(gzip.compress(gzip.compress(
    b"a" * 100_000_000, 9, mtime=0), 9, mtime=0), 9, mtime=0))
give("bom/150-mb.docx", lambda: zipped({"word/document.xml": b"<a>" + b" " * 150_000_000 + b"</a>"}))
give("bom/150-mb.odt", lambda: zipped({"META-INF/manifest.xml": "<a/>", "content.xml": b" " * 150_000_000}))
give("bom/hang-triệu-o.xlsx", lambda: xlsx(
    "".join(f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 60 + "</row>" for n in range(1, 4000)),
    f"<si><t>{'a ' * 15_000}</t></si>"))
give("bom/epub-lap-lai.epub", lambda: zipped({
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                              '<rootfile full-path="a.opf"/></rootfiles></container>',
    "a.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.html" '
             'media-type="application/xhtml+xml"/></manifest><spine>' + '<itemref idref="a"/>' * 5000 + "</spine></package>",
    "a.html": "<html><body><p>" + "chữ " * 200_000 + "</p></body></html>"}))


@case("bom/cung-ten.zip")
def same_names():
    return zipped([("a.txt", f"{TEXT} Lần {n}.") for n in range(300)])


# XML ---------------------------------------------------------------------------------------------

LAUGHS = ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">' +
          "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)) + "]>")
for depth in (10_000, 200_000):
    deep = lambda name, middle="", d=depth: f"<{name}>" * d + middle + f"</{name}>" * d  # noqa: E731
    give(f"xml/sau-{depth}.docx", lambda deep=deep: docx(paragraph(TEXT) + deep("w:sdt") + deep("w:p")))
    give(f"xml/bang-sau-{depth}.docx", lambda d=depth: docx("<w:tbl><w:tr><w:tc>" * d + paragraph("a") + "</w:tc></w:tr></w:tbl>" * d))
    give(f"xml/sau-{depth}.odt", lambda deep=deep: odt(deep("text:section", "<text:p>a</text:p>")))
    give(f"xml/danh-sach-sau-{depth}.odt", lambda d=depth: odt("<text:list><text:list-item>" * d + "<text:p>a</text:p>" + "</text:list-item></text:list>" * d))
    give(f"xml/sau-{depth}.xlsx", lambda deep=deep: xlsx('<row r="1"><c t="inlineStr"><is>' + deep("r", "<t>a</t>") + "</is></c></row>"))
    give(f"xml/sau-{depth}.fodt", lambda deep=deep: f"<?xml version='1.0'?><office:document {ODF}>" + deep("text:span") + "</office:document>")
give("xml/ty-tieng-cuoi.docx", lambda: zipped({"word/document.xml": LAUGHS + f"<w:document {W}><w:body>{paragraph('&l11;')}{paragraph(TEXT)}</w:body></w:document>"}))
give("xml/ty-tieng-cuoi.odt", lambda: zipped({"META-INF/manifest.xml": "<a/>", "content.xml": LAUGHS + f"<office:document-content {ODF}><office:body><office:text><text:p>&l11; {TEXT}</text:p></office:text></office:body></office:document-content>"}))
give("xml/ty-tieng-cuoi.xlsx", lambda: xlsx('<row r="1"><c t="inlineStr"><is><t>&l11; hai ba</t></is></c></row>', head=LAUGHS))
give("xml/ty-tieng-cuoi.html", lambda: LAUGHS + f"<html><body><p>&l11;</p><p>{TEXT}</p></body></html>")
give("xml/thuc-the-ngoai.docx", lambda: zipped({"word/document.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                                                f"<w:document {W}><w:body>{paragraph('&x;')}{paragraph(TEXT)}</w:body></w:document>"}))
give("xml/dtd-ngoai.docx", lambda: zipped({"word/document.xml": '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">'
                                           f"<w:document {W}><w:body>{paragraph(TEXT)}</w:body></w:document>"}))
give("xml/kieu-xoay-vong.docx", lambda: docx(f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>{TEXT}</w:t></w:r></w:p>', word__styles=(
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>')))
give("xml/tro-ra-ngoai.docx", lambda: zipped({"_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
                                              f'Type="{R}/officeDocument" Target="../../../../etc/passwd"/></Relationships>', "word/a.xml": "<a/>"}))
give("xml/o-xa-nhat.xlsx", lambda: xlsx(f'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>{TEXT}</t></is></c></row>'))
give("xml/o-khong-co.xlsx", lambda: xlsx(f'<row r="99999999999999999999"><c r="ZZZZZZZZ99999999999" t="inlineStr"><is><t>{TEXT}</t></is></c></row><row r="-5"><c r="-1" t="s"><v>-7</v></c><c t="s"><v>4294967296</v></c><c><v>1e999</v></c></row>'))
give("xml/lap-ty-lan.ods", lambda: ods('<table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>a</text:p></table:table-cell></table:table-row>'))
give("xml/lap-trong-lap.ods", lambda: ods('<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="1000"><text:p>' + "a " * 5000 + "</text:p></table:table-cell></table:table-row>"))
give("xml/ty-dau-cach.odt", lambda: odt('<text:p>a<text:s text:c="2000000000"/>b<text:s text:c="-5"/></text:p>' * 100))
give("xml/slide-xoay-vong.pptx", lambda: zipped({
    "ppt/presentation.xml": f'<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{R}"><p:sldIdLst>' + '<p:sldId r:id="a"/>' * 50_000 + "</p:sldIdLst></p:presentation>",
    "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{R}/slide" Target="presentation.xml"/></Relationships>'}))
give("xml/nhom-sau.pptx", lambda: zipped({
    "ppt/presentation.xml": f'<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{R}"><p:sldIdLst><p:sldId r:id="a"/></p:sldIdLst></p:presentation>',
    "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{R}/slide" Target="slides/slide1.xml"/></Relationships>',
    "ppt/slides/slide1.xml": '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld><p:spTree>' + "<p:grpSp>" * 50_000 + "</p:grpSp>" * 50_000 + "</p:spTree></p:cSld></p:sld>"}))
give("xml/epub-tro-vao-minh.epub", lambda: zipped({"META-INF/container.xml": '<container><rootfiles><rootfile full-path="META-INF/container.xml"/></rootfiles></container>'}))


# PDF ---------------------------------------------------------------------------------------------

def pdf(objects, trailer="", version="1.5"):
    """`objects`: number → bytes; the catalogue is 1."""
    out, places = f"%PDF-{version}\n".encode(), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + as_bytes(body) + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    return out + f"trailer\n<</Size {size}/Root 1 0 R{trailer.replace('START', str(start))}>>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(data, entries=""):
    data = as_bytes(data)
    return f"<</Length {len(data)}{entries}>>\nstream\n".encode() + data + b"\nendstream"


def one_page(content, page="/MediaBox[0 0 595 842]", resources="/Font<</F 5 0 R>>", more=None, entries=""):
    return pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                3: f"<</Type/Page/Parent 2 0 R{page}/Contents 4 0 R/Resources<<{resources}>>>>", 4: stream(content, entries),
                5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"} | (more or {}))


SHOW = "BT /F 12 Tf 50 700 Td (Hai ba bon nam sau bay) Tj ET"
give("pdf/cay-trang-xoay-vong.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9/Parent 3 0 R>>", 3: "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"}))
give("pdf/goc-la-minh.pdf", lambda: pdf({1: "1 0 R"}))
give("pdf/xref-xoay-vong.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[]/Count 0>>"}, "/Prev START"))
give("pdf/do-dai-la-minh.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>", 4: b"<</Length 4 0 R>>\nstream\nq Q\nendstream"}))
give("pdf/trang-khong-lo.pdf", lambda: one_page(SHOW, "/MediaBox[0 0 1000000000 1000000000]"))
give("pdf/trang-khong-lo-trong.pdf", lambda: one_page("q Q", "/MediaBox[0 0 1000000000 1000000000]"))
give("pdf/trang-14400.pdf", lambda: one_page("0 0 9 9 re f", "/MediaBox[0 0 14400 14400]/UserUnit 75000"))
give("pdf/trang-am.pdf", lambda: one_page(SHOW, "/MediaBox[0 0 -595 -842]/Rotate 37"))
give("pdf/trang-nan.pdf", lambda: one_page(SHOW, "/MediaBox[1e999 nan (a) 842]"))
give("pdf/mot-trang-mot-trieu-lan.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[" + "3 0 R " * 100_000 + "]/Count 100000>>", 3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>", 4: stream(SHOW), 5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}))
give("pdf/noi-hai-ty-trang.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", 3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"}))
give("pdf/mang-sau.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R/A " + "[" * 200_000 + "]" * 200_000 + ">>", 2: "<</Type/Pages/Kids[]/Count 0>>"}))
give("pdf/hinh-goi-minh.pdf", lambda: one_page("/X Do " + SHOW, resources="/Font<</F 5 0 R>>/XObject<</X 6 0 R>>", more={6: stream("/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")}))
give("pdf/hinh-goi-luy-thua.pdf", lambda: one_page("/X Do", resources="/XObject<</X 6 0 R>>", more={
    n: stream(f"/X Do " * 20 if n < 20 else "0 0 1 1 re f", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {n + 1} 0 R>>>>") for n in range(6, 21)}))
give("pdf/bom-flate.pdf", lambda: one_page(zlib.compress(b"q Q " * 75_000_000, 1), entries="/Filter/FlateDecode"))
give("pdf/loc-chong-loc.pdf", lambda: one_page("q Q", entries="/Filter[" + "/ASCIIHexDecode" * 50_000 + "]"))
give("pdf/muoi-trieu-chu.pdf", lambda: one_page(zlib.compress(("BT /F 1 Tf 1 0 0 1 9 9 Tm " + "(hai ba bon nam sau bay tam chin) Tj " * 300_000 + "ET").encode(), 1), entries="/Filter/FlateDecode"))
give("pdf/anh-khong-lo.pdf", lambda: one_page("595 0 0 842 0 0 cm /X Do", resources="/XObject<</X 6 0 R>>", more={6: stream(zlib.compress(bytes(1000)), "/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode")}))
give("pdf/ccitt-khong-lo.pdf", lambda: one_page("595 0 0 842 0 0 cm /X Do", resources="/XObject<</X 6 0 R>>", more={6: stream(b"\0" * 99, "/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647>>")}))
give("pdf/predictor.pdf", lambda: one_page(zlib.compress(b"q Q"), entries="/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>"))
give("pdf/tounicode-khong-lo.pdf", lambda: one_page(SHOW, more={5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", 6: stream("1 begincodespacerange <00> <ff> endcodespacerange " + "1 beginbfrange <00000000> <ffffffff> <0041> endbfrange " * 50)}))
give("pdf/muc-luc-xoay-vong.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", 4: "<</First 5 0 R/Last 5 0 R>>", 5: "<</Title(a)/First 5 0 R/Next 5 0 R/Parent 5 0 R>>"}))
give("pdf/dong-doi-tuong-la-minh.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[]/Count 0>>", 3: stream("3 0 ", "/Type/ObjStm/N 99999999/First 4/Extends 3 0 R")}))
give("pdf/ma-hoa-bay-ba.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[]/Count 0>>"}, "/Encrypt<</Filter/Standard/V 99/R -3/Length 99999999/O(a)/U(b)/P 0>>/ID[(a)(b)]"))
give("pdf/chi-co-dau.pdf", b"%PDF-1.7\n")
give("pdf/50000-trang-anh.pdf", lambda: pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[" + "3 0 R " * 50_000 + "]/Count 50000>>", 3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>", 4: stream("0 0 300 300 re f")}))


# Compound files ----------------------------------------------------------------------------------

def ole_damaged(change, name="bao-cao.doc"):
    data = bytearray((FIXTURES / name).read_bytes())
    change(data)
    return bytes(data)


def fat_offset(data):
    return 512 + struct.unpack_from("<I", data, 76)[0] * 512


def chain_of(data, value):
    """Every sector's successor becomes `value(n)`."""
    at = fat_offset(data)
    for n in range(128):
        struct.pack_into("<I", data, at + 4 * n, value(n))


for name in ("bao-cao.doc", "giai-ngan.xls", "trinh-chieu.ppt", "thu.msg"):
    stem, suffix = name.split(".")
    give(f"ole/xich-cua-{stem}-can-duoi.{suffix}", lambda name=name: ole_damaged(lambda d: chain_of(d, lambda n: n), name))
    give(f"ole/xich-cua-{stem}-ve-khong.{suffix}", lambda name=name: ole_damaged(lambda d: chain_of(d, lambda n: 0), name))
    give(f"ole/xich-cua-{stem}-vong-tron.{suffix}", lambda name=name: ole_damaged(lambda d: chain_of(d, lambda n: (n + 1) % 8), name))
    give(f"ole/xich-cua-{stem}-ngoai-tep.{suffix}", lambda name=name: ole_damaged(lambda d: chain_of(d, lambda n: 0xFFFFFFF0), name))
    give(f"ole/co-khu-vuc-{stem}.{suffix}", lambda name=name: ole_damaged(lambda d: struct.pack_into("<HH", d, 30, 31, 31), name))


def directory_of(data):
    return 512 + struct.unpack_from("<I", data, 48)[0] * 512


def loop_directory(data):
    at = directory_of(data)
    for n in range(4):
        struct.pack_into("<III", data, at + 128 * n + 68, n, 0, 0)


def huge_streams(data):
    at = directory_of(data)
    for n in range(4):
        struct.pack_into("<Q", data, at + 128 * n + 120, 0x7FFFFFFFFFFFFFFF)


def loop_difat(data):
    struct.pack_into("<II", data, 68, 0, 0x7FFFFFFF)


give("ole/thu-muc-xoay-vong.doc", lambda: ole_damaged(loop_directory))
give("ole/dong-khong-lo.doc", lambda: ole_damaged(huge_streams))
give("ole/difat-xoay-vong.doc", lambda: ole_damaged(loop_difat))
give("ole/ban-ghi-noi-doi.xls", lambda: compound_file({"Workbook": struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
                                                       + struct.pack("<HHII", 0xFC, 8, 0x7FFFFFFF, 0x7FFFFFFF) + b"\xFF" * 5000}))
give("ole/hop-sau.ppt", lambda: compound_file({"Current User": bytes(64), "PowerPoint Document": b"".join(
    struct.pack("<HHI", 0x0F, 1000, (60_000 - n) * 8) for n in range(60_000))}))


def nested_message(depth):
    tree = {"__properties_version1.0": bytes(32), "__substg1.0_0037001F": "a".encode("utf-16-le")}
    for _ in range(depth):
        tree = {"__properties_version1.0": bytes(32), "__substg1.0_1000001F": TEXT.encode("utf-16-le"),
                "__attach_version1.0_#00000000": {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": tree}}
    return compound_file(tree)


give("ole/thu-trong-thu.msg", lambda: nested_message(150))


# Images ------------------------------------------------------------------------------------------

def png(width, height, data, depth=8, kind=0, more=b""):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return (b"\x89PNG\r\n\x1A\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)) + more
            + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def tiff(entries, next_ifd=0, data=b""):
    out = b"II*\0" + struct.pack("<IH", 8, len(entries))
    for tag, kind, count, value in sorted(entries):
        out += struct.pack("<HHII", tag, kind, count, value)
    return out + struct.pack("<I", next_ifd) + data


def tiff_page(width, height, count=9, strips=1, next_ifd=0, bits=1):
    return tiff([(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, 1), (262, 3, 1, 1),
                 (273, 4, strips, 200), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, strips, count)], next_ifd, bytes(400))


give("anh/100000x100000.png", lambda: png(100_000, 100_000, zlib.compress(bytes(9999))))
give("anh/2147483647.png", lambda: png(2_147_483_647, 2_147_483_647, zlib.compress(b"a")))
give("anh/0x0.png", lambda: png(0, 0, zlib.compress(b"a")))
give("anh/trang-20000x20000.png", lambda: png(20_000, 20_000, zlib.compress((b"\0" + b"\xFF" * 2500) * 20_000, 9), 1))
give("anh/trang-den-6000x6000.png", lambda: png(6_000, 6_000, zlib.compress((b"\0" + b"\xF0" * 750) * 6_000, 9), 1))
give("anh/rgb16-bom.png", lambda: png(9_000, 9_000, zlib.compress(bytes(54_001 * 9_000), 1), 16, 2))
give("anh/itxt-bom.png", lambda: png(9, 9, zlib.compress(bytes(90)), more=(lambda b: struct.pack(">I", len(b)) + b"zTXt" + b + struct.pack(">I", zlib.crc32(b"zTXt" + b)))(b"a\0\0" + zlib.compress(bytes(200_000_000), 9))))
give("anh/4294967295.tiff", lambda: tiff_page(0xFFFFFFFF, 0xFFFFFFFF))
give("anh/60000x60000.tiff", lambda: tiff_page(60_000, 60_000, 450_000_000))
give("anh/ifd-xoay-vong.tiff", lambda: tiff_page(64, 64, 512, next_ifd=8))
give("anh/dai-khong-lo.tiff", lambda: tiff_page(64, 64, strips=0xFFFFFFFF))
give("anh/0-bit.tiff", lambda: tiff_page(64, 64, bits=0))
give("anh/65535x65535.jpg", lambda: b"\xFF\xD8\xFF\xC0\0\x0B\x08\xFF\xFF\xFF\xFF\1\1\x11\0\xFF\xDA\0\x08\1\1\0\0\x3F\0" + bytes(999) + b"\xFF\xD9")
give("anh/luy-tien-10000-lan.jpg", lambda: b"\xFF\xD8\xFF\xC2\0\x0B\x08\x3F\xFF\x3F\xFF\1\1\x11\0" + b"\xFF\xDA\0\x08\1\1\0\0\0\1" * 10_000 + b"\xFF\xD9")
give("anh/chi-co-dau.jpg", b"\xFF\xD8\xFF\xE0")
give("anh/nhieu-soi.png", lambda: png(3_000, 3_000, zlib.compress(b"".join(b"\0" + random.Random(n).randbytes(375) for n in range(3_000)), 1), 1))


# HTML, RTF, text ---------------------------------------------------------------------------------

for tag in ("div", "b", "table", "a", "ul", "svg", "font", "template", "select"):
    give(f"html/sau-{tag}.html", lambda tag=tag: f"<!doctype html><html><body><p>{TEXT}</p>" + f"<{tag}>" * 200_000 + "a")
give("html/lech-the.html", lambda: "<!doctype html><html><body>" + "<b><p>" * 1900 + "</b>" * 1900 + f"<p>{TEXT}</p>")
give("html/bang-1500.html", lambda: "<!doctype html><html><body>" + "<table><tr><td>" * 600 + TEXT)
give("html/mo-lai-dinh-dang.html", lambda: "<!doctype html><html><body>" + "".join(f"<font color={n}>" for n in range(1500)) + "<p>a" * 3000 + f"<p>{TEXT}</p>")
give("html/thuoc-tinh.html", lambda: "<!doctype html><html><body " + " ".join(f"a{n}=b" for n in range(40_000)) + f"><p>{TEXT}</p></body></html>")
give("html/thuc-the.html", lambda: "<!doctype html><html><body><p>" + "&#x1F600;&#0;&#99999999999;&bogus;&amp" * 100_000 + f"</p><p>{TEXT}</p></body></html>")
give("html/chu-thich-khong-dong.html", lambda: f"<!doctype html><html><body><p>{TEXT}</p><!--" + "a" * 5_000_000)
give("html/khong-the.html", lambda: "<!doctype html>" + "<" * 2_000_000)
give("html/nul.html", lambda: "<!doctype html><html><body><p>a\0b\0</p><script>" + "\0" * 99_999)
give("html/bang-ma-khong-co.html", lambda: f'<!doctype html><meta charset="x-khong-co"><p>{TEXT}</p>')
for depth in (999, 5_000, 200_000, 2_000_000):
    give(f"rtf/nhom-{depth}.rtf", lambda d=depth: "{\\rtf1 hai ba bon " + "{" * d + "a" + "}" * d + "}")
give("rtf/bin-khong-lo.rtf", "{\\rtf1 hai ba bon \\bin2147483647 abc}")
give("rtf/bin-am.rtf", "{\\rtf1 hai ba bon \\bin-2147483648 abc}")
give("rtf/so-khong-lo.rtf", "{\\rtf1\\uc99999999999 hai ba bon \\u-99999999999?\\u55357?\\f999999999999\\'g\\'")
give("rtf/bang-phong.rtf", lambda: "{\\rtf1{\\fonttbl" + "".join(f"{{\\f{n} .VnTime;}}" for n in range(100_000)) + "}hai ba bon}")
give("rtf/mot-trieu-o.rtf", lambda: "{\\rtf1 " + "\\trowd\\intbl " + "\\cell" * 1_000_000 + "\\row}")
give("rtf/bang-trong-bang.rtf", lambda: "{\\rtf1 " + "".join(f"\\intbl\\itap{n} a\\nestcell\\nestrow" for n in range(1, 20_000)) + "}")
give("rtf/bo-dem-uc.rtf", lambda: "{\\rtf1 " + "{\\uc9\\u225 }" * 200_000 + "}")
give("rtf/chi-co-dau.rtf", "{\\rtf")
give("csv/mot-dong-50-mb.csv", lambda: b"mot,hai,ba\n1,2,3\n4,5,6\n" + b"a," * 25_000_000)
give("csv/mot-o-50-mb.csv", lambda: "xã,hộ\nNà Mít,4\nKhe Lạnh,5\n".encode() + b"a" * 50_000_000 + b",1\n")
give("csv/ngoac-khong-dong.csv", lambda: b'a,b\n1,2\n3,4\n5,6\n"' + b"x,y\n" * 2_000_000)
give("csv/mot-trieu-cot.csv", lambda: (",".join("a" * 500_000) + "\n") * 3)
give("csv/toan-ngoac.csv", lambda: '","' * 1_000_000)
give("jsonl/sau.jsonl", lambda: '{"text": ' + "[" * 500_000 + "]" * 500_000 + '}\n{"id": "tot", "text": "' + TEXT + '"}\n')
give("jsonl/ten-xau.jsonl", lambda: '{"id": "../../../etc/passwd", "text": "' + TEXT + '"}\n{"id": "a\\u0000b", "text": "' + TEXT + '"}\n{"id": 7, "text": []}\n[1]\n\n"a"\n{"text": "\\ud800"}\n')
give("jsonl/dong-dai.jsonl", lambda: '{"id": "dai", "text": "' + "a" * 70_000_000 + '"}\n{"id": "tot-2", "text": "' + TEXT + '"}\n')
give("jsonl/rac.jsonl", lambda: b"\xFF\xFE{\0" + random.Random(1).randbytes(50_000))
give("text/dau-chong-dau.txt", lambda: ("a" + "\u0323\u0301" * 1_000_000 + " " + TEXT))
give("text/dau-xen-ke.txt", lambda: ("a\u0301\u0323\u0302\u0306\u031B" * 400_000) + TEXT)
give("text/khong-dau-cach-20-mb.txt", lambda: "a" * 20_000_000)
give("text/toan-chu-so.txt", lambda: "1" * 3_000_000 + " " + TEXT)
give("text/ngay-thang.txt", lambda: "1/1/" * 700_000 + " " + TEXT)
give("text/so-ky-hieu.txt", lambda: "12/2023/NQ-HĐND-" * 150_000 + " " + TEXT)
give("text/dieu-khoan.txt", lambda: "Điều 1. Khoản 1. Điểm a.\n" * 60_000)
give("text/tinh.txt", lambda: "tỉnh Lào Cai, tỉnh Gia Lai, " * 60_000)
give("text/phan-tram.txt", lambda: "đạt 84,5% (1.234.567,8 triệu đồng), " * 50_000)
give("text/tieu-de.txt", lambda: "".join(f"{'I' * (n % 5 + 1)}. KẾT QUẢ {n}\n" for n in range(60_000)))
give("text/trich-yeu.txt", lambda: "BÁO CÁO\n" + "Về việc " * 200_000)
give("text/can-cu.txt", lambda: "Căn cứ Quyết định số 1719/QĐ-TTg ngày 14 tháng 10 năm 2021; " * 30_000)
give("text/ngoac.txt", lambda: "(" * 1_000_000 + TEXT + ")" * 1_000_000 + "“" * 500_000)
give("text/dau-cham.txt", lambda: "." * 3_000_000 + TEXT)
give("text/dong-trong.txt", lambda: "\n" * 3_000_000 + TEXT)
give("text/dao-chieu.txt", "\u202E\u2066\u200F" * 1000 + TEXT)
give("text/utf-8-hong.txt", lambda: b"\xC0\xAF\xF8\x88\x80\x80\x80\xED\xA0\x80\xFF" * 10_000 + TEXT.encode())
give("text/utf-16-le.txt", lambda: b"\xFF\xFE" + b"\x00\xD8a\0" * 1000 + TEXT.encode("utf-16-le") + b"\0")
give("text/utf-32-sai.txt", lambda: b"\0\0\xFE\xFF" + b"\x7F\xFF\xFF\xFF" * 99)
give("text/chi-co-bom.txt", b"\xEF\xBB\xBF")
give("text/khong-ky-tu.txt", "\uFFFE\uFFFF\uFDD0".encode() * 999 + TEXT.encode())
give("text/ngau-nhien-1.txt", lambda: random.Random(2).randbytes(1_000_000))
give("text/ngau-nhien-2.txt", lambda: bytes(random.Random(3).choices(range(128, 256), k=1_000_000)))
give("text/ngau-nhien-3.pdf", lambda: b"%PDF-1.4\n" + random.Random(4).randbytes(1_000_000))
give("text/ngau-nhien-4.doc", lambda: b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + random.Random(5).randbytes(1_000_000))
give("text/ngau-nhien-5.zip", lambda: b"PK\3\4" + random.Random(6).randbytes(1_000_000))
give("text/ngau-nhien-6.rtf", lambda: b"{\\rtf1" + random.Random(7).randbytes(1_000_000))
give("text/danh-sach-sau.md", lambda: "".join("  " * n + "- a\n" for n in range(3000)) + "#" * 100_000 + "\n" + "> " * 100_000 + TEXT + "\n")
give("text/bang.md", lambda: "|" * 1_000_000 + "\n" + "|-" * 500_000 + "\n" + TEXT)


# Letters -----------------------------------------------------------------------------------------

HEAD = "From: a@vidu.vn\nTo: b@vidu.vn\nDate: Tue, 5 Dec 2023 08:30:00 +0700\nMIME-Version: 1.0\nMessage-ID: <a@vidu.vn>\n"


def letter(parts, boundary="x"):
    return (HEAD + f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n' +
            "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n")


def attachment(name, data):
    return (f'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="{name}"\n'
            f"Content-Transfer-Encoding: base64\n\n{base64.b64encode(as_bytes(data)).decode()}\n")


PLAIN = f"Content-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
give("thu/10000-dinh-kem.eml", lambda: letter([PLAIN] + [attachment(f"{n}.txt", f"Tệp {n}.") for n in range(10_000)]))
give("thu/20000-dinh-kem.eml", lambda: letter([PLAIN] + [attachment(f"{n}.bin", b"\0\1") for n in range(20_000)]))
give("thu/ten-xau.eml", lambda: letter([PLAIN] + [attachment(name, TEXT) for name in ("../../etc/passwd", "/etc/cron.d/a", "a\\..\\b.txt", "-rf", "a" * 4000, "a\x01\x1B[31m.txt", "")]))
give("thu/khong-ranh-gioi.eml", lambda: HEAD + f"Content-Type: multipart/mixed\n\n--\n{TEXT}\n")
give("thu/ranh-gioi-trong.eml", lambda: letter([PLAIN], ""))
give("thu/dau-thu-10-mb.eml", lambda: HEAD + "Subject: " + "a" * 10_000_000 + f"\nContent-Type: text/plain\n\n{TEXT}\n")
give("thu/100000-dong-dau.eml", lambda: HEAD + "Received: from a by b\n" * 100_000 + f"Content-Type: text/plain; charset=utf-8\n\n{TEXT}\n")
give("thu/base64-rac.eml", lambda: HEAD + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + "%%%====ab" * 100_000)
give("thu/bang-ma-khong-co.eml", lambda: HEAD + f"Content-Type: text/plain; charset=x-khong-co\nSubject: =?x-a?q?b=FF?= =?utf-8?b?////?=\n\n{TEXT}\n")
give("thu/nguoi-nhan.eml", lambda: HEAD + "Cc: " + "a <b@c>, " * 200_000 + f"\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n")


@case("thu/thu-trong-thu-1000.eml")
def nested_letters():
    return (HEAD + "Content-Type: message/rfc822\n\n") * 1000 + HEAD + "Content-Type: text/plain\n\n" + TEXT


@case("thu/nhieu-phan-5000.eml")
def nested_parts():
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(5000))
    return HEAD + heads + PLAIN


# Names in archives -------------------------------------------------------------------------------

EVIL = ["../../../../tmp/nhanrong-thoat.txt", "/tmp/nhanrong-thoat.txt", "C:\\a\\b.txt", "..\\..\\a.txt", "--help", "-rf.txt",
        "a\nb\rc.txt", "a\x1B[2J\x07.txt", "\u202Etxt.exe", "a" * 4000 + ".txt", "/".join("b" * 9 for _ in range(400)),
        "...", " ", "con.txt", "a/./././b.txt", "%2e%2e%2fa.txt", "<script>alert(1)</script>.txt", "'; DROP TABLE documents; --.txt"]
give("ten/ten-xau.zip", lambda: zipped([(name, f"{TEXT} Tên {n}.") for n, name in enumerate(EVIL)]))


@case("ten/ten-khong-utf-8.zip")
def raw_names():
    out, names = b"", b""
    items = [b"\xFF\xFE\x80.txt", b"\xC3\x28.txt", b"", b"\0a.txt", b"a\0b.txt", b"/" * 200]
    for name in items:
        data = TEXT.encode()
        names += central_header(name, len(data), len(data), zlib.crc32(data), len(out), 0)
        out += local_header(name, len(data), len(data), zlib.crc32(data), 0) + data
    return out + names + zip_end(len(items), len(names), len(out))


def tar(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, kind, link, data in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname, entry.size = kind, link, len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


give("ten/lien-ket.tar", lambda: tar([("a.txt", tarfile.SYMTYPE, "/etc/passwd", b""), ("b.txt", tarfile.LNKTYPE, "../../etc/passwd", b""),
                                      ("c", tarfile.CHRTYPE, "", b""), ("d", tarfile.FIFOTYPE, "", b""),
                                      ("../../../e.txt", tarfile.REGTYPE, "", TEXT.encode()), ("/f.txt", tarfile.REGTYPE, "", TEXT.encode())]))
give("ten/chi-lien-ket.tar", lambda: tar([("a.txt", tarfile.SYMTYPE, "/etc/passwd", b"")]))


@case("ten/kich-thuoc-am.tar")
def negative_tar():
    data = bytearray(tar([("a.txt", tarfile.REGTYPE, "", TEXT.encode())]))
    at = data.rfind(b"ustar") - 257
    data[at + 124:at + 136] = b"\xFF" * 12
    data[at + 148:at + 156] = b" " * 8
    data[at + 148:at + 156] = b"%06o\0 " % sum(data[at:at + 512])
    return bytes(data)


@case("ten/kho-trong-kho.zip")
def archives_in_archives():
    data = zipped({"sau.txt": TEXT})
    for n in range(30):
        data = zipped({f"{n}.zip": data, f"{n}.txt": f"{TEXT} Tầng {n}."})
    return data


# Damaged fixtures --------------------------------------------------------------------------------

def damaged_fixtures():
    for path in sorted(FIXTURES.iterdir()):
        if path.suffix == ".py" or not path.is_file():
            continue
        data = path.read_bytes()
        for share in (2, 30, 60, 97):
            give(f"cut/{path.stem}-{share}{path.suffix}", data[:max(1, len(data) * share // 100)])
        for n in range(3):
            # By name, so that a new fixture moves no other.
            chance = random.Random(f"{SEED} {path.name} {n}")
            flipped = bytearray(data)
            for _ in range((4, 40, 400)[n]):
                flipped[chance.randrange(len(flipped))] = chance.randrange(256)
            give(f"doi/{path.stem}-{n}{path.suffix}", bytes(flipped))


damaged_fixtures()


# What is no file, or only half of one ------------------------------------------------------------

def make_places(folder):
    """Names, links and devices."""
    place = folder / "cho"
    place.mkdir()
    (place / "rong.txt").write_bytes(b"")
    (place / "rong.pdf").write_bytes(b"")
    (place / "rong.docx").write_bytes(b"")
    os.mkfifo(place / "ong.txt")
    os.mkfifo(place / "ong.jsonl")
    (place / "a.txt").symlink_to("b.txt")
    (place / "b.txt").symlink_to("a.txt")
    (place / "minh.pdf").symlink_to("minh.pdf")
    (place / "len-tren").symlink_to("..")
    (place / "khong-co.txt").symlink_to("/khong/co/gi")
    (place / "so-khong.txt").symlink_to("/dev/zero")
    (place / "ngau-nhien.txt").symlink_to("/dev/urandom")
    (place / "khong.txt").symlink_to("/dev/null")
    (place / "bo-nho.txt").symlink_to("/proc/self/mem")
    (place / "vo-tan.txt").symlink_to("/proc/kmsg")
    listening = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(place)
    listening.bind("o-cam.txt")
    os.chdir(here)
    listening.close()
    for name, size in (("100-mb.txt", 100_000_000), ("100-mb.pdf", 100_000_000), ("100-mb-va-1.txt", 100_000_001), ("10-gb.docx", 10_000_000_000)):
        with open(place / name, "wb") as out:
            out.truncate(size)
    for n, name in enumerate([b"--library", b"-", b"-rf.txt", b"a\nb.txt", b"\x1B[31m.txt", b"\xFF\xFE.txt", b" .txt", b"a" * 251 + b".txt",
                              b"'; DROP TABLE documents; --.txt", b"<script>.txt", b"%s%n%s.txt", "\u202Etxt.txt".encode(), b"..txt", b"$(reboot).txt"]):
        with open(os.fsencode(place) + b"/" + name, "wb") as out:
            out.write(f"{TEXT} Tên thứ {n}.".encode())
    for name, meta in (("sau", "[" * 200_000), ("kieu-sai", '{"title": [1], "provinces": {"a": 1}, "years": "x", "id": null}'),
                       ("khong-json", "a"), ("rong", ""), ("dai", '{"title": "' + "a" * 5_000_000 + '"}'), ("id-xau", '{"id": "../../x"}')):
        (place / f"kem-{name}.txt").write_text(f"{TEXT} Kèm {name}.", encoding="utf-8")
        (place / f"kem-{name}.txt.meta.json").write_text(meta, encoding="utf-8")
    (place / "mo-coi.txt.meta.json").write_text("{}", encoding="utf-8")
    (place / "thu-muc.pdf").mkdir()
    deep_folders(place / "sau", 3600 - len(os.fsencode(place.resolve())), "vua.txt")
    deep_folders(place / "qua-sau", 6000, "qua.txt")


def deep_folders(top, length, name):
    """A path of about `length` bytes, which may be more than the kernel takes at once."""
    top.mkdir()
    at = os.open(top, os.O_RDONLY)
    for _ in range(length // 201):
        os.mkdir("s" * 200, dir_fd=at)
        below = os.open("s" * 200, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    out = os.open(name, os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=at)
    os.write(out, TEXT.encode())
    os.close(out)
    os.close(at)


# What has to be found in spite of all ------------------------------------------------------------

def good_text(n):
    return f"Báo cáo số {700 + n}/BC-UBND của xã Khe Lạnh {n}: đã sửa {n + 30} mái nhà, đổ bê tông {n + 2} km đường."


def make_good(folder):
    place = folder / "good"
    place.mkdir()
    for n in range(GOOD):
        text = good_text(n)
        suffix, data = [
            ("txt", text), ("md", f"# Báo cáo\n\n{text}\n"), ("html", f"<!doctype html><html><body><p>{text}</p></body></html>"),
            ("docx", docx(paragraph(text))), ("odt", odt(f"<text:p>{text}</text:p>")),
            ("xlsx", xlsx(f'<row r="1"><c t="inlineStr"><is><t>{text}</t></is></c></row>')),
            ("rtf", "{\\rtf1 " + "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text) + "\\par}"),
            ("eml", HEAD + f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"),
            ("zip", zipped({"a.txt": text})), ("jsonl", '{"id": "tot-%d", "text": "%s"}\n' % (n + 100, text)),
        ][n % 10]
        (place / f"tot-{n:02}.{suffix}").write_bytes(as_bytes(data))


def make(folder):
    """All cases; the number of those that are hostile."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for name, data in CASES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(as_bytes(data()))
    make_places(folder)
    make_good(folder)
    return len(CASES) + sum(len(files) for _, _, files in os.walk(folder / "cho"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(make(sys.argv[1]))
