/** A record of a CSV file. */
export interface CsvRow {
  /** Line of the file on which it begins, from 1 on. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvProblem = 'quote-open' | 'quote-inside';

export type CsvResult =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly line: number; readonly problem: CsvProblem };

const SEPARATORS = [';', ',', '\t'] as const;

/** The separator that the first line has most of, outside quotes; Excel in Dutch writes `;`. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return SEPARATORS.reduce((best, each) => ((counts.get(each) ?? 0) > (counts.get(best) ?? 0) ? each : best));
}

/**
 * RFC 4180, with `;` and tab as well as a comma, any line end, and empty lines left out. What is not
 * in that form is refused, not guessed at: a quote in the wrong place can swallow a pupil.
 */
export function readCsv(text: string): CsvResult {
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let begins = 1;
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  const endCell = () => {
    cells.push(cell);
    cell = '';
    state = 'start';
  };
  const endRow = () => {
    const empty = cells.length === 0 && cell === '' && state === 'start';
    endCell();
    if (!empty) rows.push({ line: begins, cells });
    cells = [];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const isEnd = char === '\n' || char === '\r';
    if (state === 'quoted') {
      if (char === '"' && text.charAt(at + 1) === '"') {
        cell += char;
        at++;
      } else if (char === '"') state = 'closed';
      else cell += char;
    } else if (isEnd) endRow();
    else if (char === separator) endCell();
    else if (char === '"' && state === 'start') state = 'quoted';
    else if (char === '"' || state === 'closed') return { ok: false, line, problem: 'quote-inside' };
    else {
      cell += char;
      state = 'plain';
    }
    if (isEnd) {
      if (char === '\r' && text.charAt(at + 1) === '\n') {
        if (state === 'quoted') cell += '\n';
        at++;
      }
      line++;
      if (state !== 'quoted') begins = line;
    }
  }
  if (state === 'quoted') return { ok: false, line: begins, problem: 'quote-open' };
  endRow();
  return { ok: true, rows };
}
