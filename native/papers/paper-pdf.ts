import type { Block, Mark, MarkedLine, Paper } from '../../core/papers/paper.ts';
import { printable } from './printable.ts';
import { writePdf } from './write-pdf.ts';

const MARGIN = 54;
const FOOT = 24;
const SIZE = { title: 17, heading: 11.5, text: 9.5, small: 8 } as const;
const PADDING = 2;
const GREY = '#555555';
/** Drawn, not typed: the standard fonts have no tick. */
const MARK_WIDTH = 18;
/** Share of the line that the names of facts take. */
const NAME_SHARE = 0.3;

/** Writes a paper as PDF, whole or not at all, for its maker's eyes only. @param file what stands there is replaced */
export async function writePaperPdf(paper: Paper, file: string): Promise<void> {
  // With what it brings along it takes half a second: not of every command.
  const { default: Pdf } = await import('pdfkit');
  const info = { Title: printable(paper.title), Creator: 'Onherkenbaar' };
  const margins = { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN };
  const pdf = new Pdf({ size: 'A4', margins, info, lang: paper.language, bufferPages: true });
  await writePdf(file, (target) => new PaperPdf(paper, pdf).writeTo(target));
}

/** One paper on A4, with a number on each page. */
class PaperPdf {
  private readonly width: number;

  constructor(
    private readonly paper: Paper,
    private readonly pdf: PDFKit.PDFDocument,
  ) {
    this.width = this.pdf.page.width - 2 * MARGIN;
  }

  writeTo(target: NodeJS.WritableStream): void {
    const { pdf, paper } = this;
    pdf.pipe(target);
    this.line(paper.title, { bold: true, size: SIZE.title });
    this.line(paper.about, { size: SIZE.text, color: GREY });
    pdf.y += 4;
    for (const [index, block] of paper.blocks.entries()) this.block(block, paper.blocks[index + 1]);
    this.numberPages();
    pdf.end();
  }

  private block(block: Block, next: Block | undefined): void {
    switch (block.kind) {
      case 'heading':
        this.pdf.y += 7;
        // Never alone at the foot of a page.
        this.need(SIZE.heading * 1.4 + (next ? 30 : 0));
        this.line(block.text, { bold: true, size: SIZE.heading });
        this.pdf.y += 2;
        return;
      case 'text':
        this.line(block.text, { size: SIZE.text });
        this.pdf.y += 3;
        return;
      case 'warning':
        this.warning(block.text);
        return;
      case 'points':
        for (const point of block.points) this.point(point);
        this.pdf.y += 3;
        return;
      case 'facts':
        for (const [name, value] of block.rows) this.row([name, value], [NAME_SHARE, 1 - NAME_SHARE], { first: true });
        this.pdf.y += 3;
        return;
      case 'table':
        this.table(block);
        return;
      case 'marks':
        for (const line of block.lines) this.marked(line);
        this.pdf.y += 3;
    }
  }

  /** Begins a page where so much height is not left. */
  private need(height: number): void {
    if (this.pdf.y + height > this.pdf.page.height - MARGIN) this.pdf.addPage();
  }

  private font(size: number, bold = false, color = 'black'): PDFKit.PDFDocument {
    return this.pdf
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .fillColor(color);
  }

  private line(
    words: string,
    { size, bold, color, indent = 0 }: { size: number; bold?: boolean; color?: string; indent?: number },
  ): void {
    const shown = printable(words);
    const width = this.width - indent;
    this.need(Math.min(this.font(size, bold, color).heightOfString(shown, { width }), 40));
    this.font(size, bold, color).text(shown, MARGIN + indent, this.pdf.y, { width });
    this.pdf.x = MARGIN;
  }

  private point(words: string): void {
    const shown = printable(words);
    const width = this.width - MARK_WIDTH;
    this.need(this.font(SIZE.text).heightOfString(shown, { width }));
    const { y: top } = this.pdf;
    this.font(SIZE.text).text('–', MARGIN + 6, top, { lineBreak: false });
    this.font(SIZE.text).text(shown, MARGIN + MARK_WIDTH, top, { width });
    this.pdf.x = MARGIN;
  }

  private warning(words: string): void {
    const shown = printable(words);
    const width = this.width - 4 * PADDING;
    const height = this.font(SIZE.text, true).heightOfString(shown, { width }) + 4 * PADDING;
    this.need(height);
    const { y } = this.pdf;
    this.pdf.rect(MARGIN, y, this.width, height).lineWidth(1.2).stroke('black');
    this.font(SIZE.text, true).text(shown, MARGIN + 2 * PADDING, y + 2 * PADDING, { width });
    this.pdf.x = MARGIN;
    this.pdf.y = y + height + 5;
  }

  private table({ head, widths, rows }: Extract<Block, { kind: 'table' }>): void {
    const { pdf } = this;
    this.row(head, widths, { bold: true });
    for (const row of rows) {
      const before = pdf.bufferedPageRange().count;
      this.need(this.rowHeight(row, widths, () => false));
      if (pdf.bufferedPageRange().count > before) this.row(head, widths, { bold: true });
      this.row(row, widths, {});
    }
    pdf.y += 4;
  }

  private rowHeight(cells: readonly string[], widths: readonly number[], isBold: (column: number) => boolean): number {
    const heights = cells.map((cell, column) =>
      this.font(SIZE.text, isBold(column)).heightOfString(printable(cell), { width: this.cell(widths, column).width }),
    );
    return Math.max(...heights) + 2 * PADDING;
  }

  private cell(widths: readonly number[], column: number): { x: number; width: number } {
    const before = widths.slice(0, column).reduce((sum, each) => sum + each, 0);
    return { x: MARGIN + before * this.width, width: (widths[column] ?? 0) * this.width - 2 * PADDING };
  }

  /** @param look `first`: the first cell is a name; `bold`: all of them */
  private row(
    cells: readonly string[],
    widths: readonly number[],
    look: { readonly bold?: boolean; readonly first?: boolean },
  ): void {
    const { pdf } = this;
    const isBold = (column: number) => look.bold === true || (look.first === true && column === 0);
    const height = this.rowHeight(cells, widths, isBold);
    this.need(height);
    const { y } = pdf;
    for (const [column, cell] of cells.entries()) {
      const { x, width } = this.cell(widths, column);
      this.font(SIZE.text, isBold(column)).text(printable(cell), x, y + PADDING, { width });
    }
    pdf.x = MARGIN;
    pdf.y = y + height;
    pdf
      .moveTo(MARGIN, pdf.y)
      .lineTo(MARGIN + this.width, pdf.y)
      .lineWidth(0.3)
      .stroke('#bbbbbb');
  }

  private marked({ mark, text, evidence }: MarkedLine): void {
    const { pdf } = this;
    const width = this.width - MARK_WIDTH;
    const [words, proof] = [printable(text), printable(evidence)];
    const top = this.font(SIZE.text).heightOfString(words, { width });
    const below = proof === '' ? 0 : this.font(SIZE.small).heightOfString(proof, { width });
    this.need(top + below + PADDING);
    const { y } = pdf;
    this.drawMark(mark, MARGIN + 3, y);
    this.font(SIZE.text).text(words, MARGIN + MARK_WIDTH, y, { width });
    if (proof !== '') this.font(SIZE.small, false, GREY).text(proof, MARGIN + MARK_WIDTH, y + top, { width });
    pdf.x = MARGIN;
    pdf.y = y + top + below + PADDING;
  }

  private drawMark(mark: Mark, x: number, y: number): void {
    const { pdf } = this;
    const side = 8;
    pdf.lineWidth(0.8).rect(x, y, side, side).stroke('black');
    pdf.lineWidth(1.4);
    if (mark === 'shown')
      pdf
        .moveTo(x + 1.5, y + 4)
        .lineTo(x + 3.5, y + 6.5)
        .lineTo(x + 7, y + 1)
        .stroke('black');
    if (mark === 'against')
      pdf
        .moveTo(x + 1.5, y + 1.5)
        .lineTo(x + 6.5, y + 6.5)
        .moveTo(x + 6.5, y + 1.5)
        .lineTo(x + 1.5, y + 6.5)
        .stroke('black');
    if (mark === 'none')
      pdf
        .moveTo(x + 1.5, y + 4)
        .lineTo(x + 6.5, y + 4)
        .stroke('black');
  }

  private numberPages(): void {
    const { pdf } = this;
    const { start, count } = pdf.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      pdf.switchToPage(page);
      // Below the margin, where text would otherwise begin a page of its own.
      pdf.page.margins.bottom = 0;
      const place = pdf.page.height - MARGIN + FOOT - 10;
      this.font(SIZE.small, false, GREY);
      pdf.text(printable(this.paper.about), MARGIN, place, { width: this.width * 0.8, lineBreak: false });
      const number = `${page - start + 1} / ${count}`;
      pdf.text(number, MARGIN, place, { width: this.width, align: 'right', lineBreak: false });
    }
  }
}
