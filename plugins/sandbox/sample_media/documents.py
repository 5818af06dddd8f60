"""An invoice and an act as PDF, without a library: one page, one font, Latin letters."""

from __future__ import annotations

from pathlib import Path

HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


def invoice(path: Path) -> None:
    lines = [
        "INVOICE No. 2026-118",
        "",
        "Seller: OOO Romashka, 14 Lenina st., Moscow",
        "Buyer: OOO Sever",
        "",
        "Till printer K-300 ............ 1 ......  12 400.00",
        "Setup at the counter .......... 1 ......   2 500.00",
        "",
        "Total ..............................  14 900.00 RUB",
    ]
    path.write_bytes(make_pdf(lines))


def make_pdf(lines: list[str]) -> bytes:
    """A page of text lines in Helvetica."""
    shown = "\n".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 14 Tf 60 760 Td 24 TL\n{shown}\nET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<</Type/Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = HEAD, []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode()
