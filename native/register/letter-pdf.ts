import type { Paragraph, Printable } from '../../core/register/letters.ts';
import { printable } from '../papers/printable.ts';
import { writePdf } from '../papers/write-pdf.ts';
import { canonical, sha256 } from '../vault/signing.ts';

/** Names the words of a letter: SHA-256 over its canonical JSON, hex (I2). */
export function letterVersion(letter: Printable): string {
  return sha256(canonical(letter));
}

/** Points, by kind: a sign is read from a distance. */
const SIZES = {
  parents: { title: 16, heading: 11, text: 10.5 },
  class: { title: 24, heading: 15, text: 13 },
  door: { title: 52, heading: 22, text: 20 },
  answer: { title: 16, heading: 11, text: 10.5 },
  form: { title: 15, heading: 10, text: 9.5 },
} as const;

const MARGIN = 56;
const BOX_PADDING = 8;

/** Writes a letter as PDF, whole or not at all. @param file its name; what stands there is replaced */
export async function writeLetterPdf(letter: Printable, file: string): Promise<void> {
  const { default: Pdf } = await import('pdfkit');
  await writePdf(file, (target) => {
    const size = SIZES[letter.kind];
    const document = new Pdf({ size: 'A4', margin: MARGIN, info: { Title: letter.title }, lang: 'nl' });
    document.pipe(target);
    document.font('Helvetica-Bold').fontSize(size.title).text(printable(letter.title)).moveDown(0.4);
    for (const paragraph of letter.paragraphs) write(document, paragraph, size);
    document.moveDown(1).font('Helvetica').fontSize(7).fillColor('#555555');
    document.text(`Versie ${letterVersion(letter).slice(0, 16)}`);
    document.end();
  });
}

function write(document: PDFKit.PDFDocument, paragraph: Paragraph, size: (typeof SIZES)[keyof typeof SIZES]): void {
  const { points = [], apart } = paragraph;
  const text = printable(paragraph.text);
  const heading = paragraph.heading && printable(paragraph.heading);
  const inset = apart ? BOX_PADDING : 0;
  const width = document.page.width - 2 * MARGIN - 2 * inset;
  const bold = () => document.font('Helvetica-Bold').fontSize(size.heading);
  const plain = () => document.font('Helvetica').fontSize(size.text);
  if (apart) {
    const height =
      bold().heightOfString(heading ?? '', { width }) + plain().heightOfString(text, { width }) + 2 * BOX_PADDING;
    if (document.y + height > document.page.height - MARGIN) document.addPage();
    document
      .rect(MARGIN, document.y, document.page.width - 2 * MARGIN, height)
      .lineWidth(1.2)
      .stroke('black');
    document.y += BOX_PADDING;
  }
  document.x = MARGIN + inset;
  if (heading !== undefined) bold().text(heading, { width });
  plain().text(text, { width });
  for (const point of points) document.text(printable(`–  ${point}`), { width, indent: 10 });
  document.x = MARGIN;
  document.y += inset;
  document.moveDown(0.6);
}
