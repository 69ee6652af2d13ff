/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string): string {
  const tame = FORMULA.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

/** RFC 4180 with `;`, as Excel in Dutch reads it, and a byte order mark, so that it reads UTF-8. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`;
}
