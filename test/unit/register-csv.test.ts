import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRegister, type ClassRegister } from '../../core/register/class-register.ts';
import { readCsv } from '../../core/register/csv.ts';
import { planImport } from '../../core/register/import-plan.ts';
import { readPreferences, PURPOSES } from '../../core/register/preferences.ts';
import { added, entryOf, registerOf } from '../fixtures/register.ts';

const cellsOf = (text: string) => {
  const read = readCsv(text);
  return read.ok ? read.rows.map(({ cells }) => cells) : read;
};

describe('a CSV file', () => {
  it('comes back as it was written, with every separator and line end (RFC 4180)', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '"', ';', ',', '\t', '\n', '\r'), maxLength: 6 });
    const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
      fc.record({
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
        separator: fc.constantFrom(';', ',', '\t'),
        end: fc.constantFrom('\n', '\r\n', '\r'),
      }),
    );
    fc.assert(
      fc.property(table, ({ rows, separator, end }) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator));
        expect(cellsOf(quoted.join(end))).toEqual(rows);
        expect(cellsOf(`${quoted.join(end)}${end}`)).toEqual(rows);
      }),
    );
  });

  it('tells the line on which a record begins, also after one of several lines', () => {
    const read = readCsv('a;b\r\n"x\r\ny";1\r\n\r\nz;2');
    expect(read).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['x\r\ny', '1'] },
        { line: 5, cells: ['z', '2'] },
      ],
    });
  });

  it('with a quote in the wrong place is refused', () => {
    expect(readCsv('a;b\nx;"y')).toEqual({ ok: false, line: 2, problem: 'quote-open' });
    expect(readCsv('a;b\nx"y;1')).toEqual({ ok: false, line: 2, problem: 'quote-inside' });
    expect(readCsv('a;b\n"x"y;1')).toEqual({ ok: false, line: 2, problem: 'quote-inside' });
  });
});

const listOf = (text: string, group: string | undefined = '2V') => {
  const read = readCsv(text);
  if (!read.ok) throw new Error(read.problem);
  return readPreferences(read.rows, group);
};

describe('a preference list', () => {
  it('finds its columns by name, whatever number the leaflet gave them (I7)', () => {
    const leaflet = [
      'Naam kind',
      '1. Onderwijsverslaggeving van uw kind',
      '2. Besloten communicatie binnen stamgroep',
      '3. Besloten communicatie binnen bouw en school',
      '4. Publieke communicatie',
      '6. Interne onderzoeksdoeleinden',
      '6. Interne trainingsdoeleinden',
      '7. Brede onderzoeksdoeleinden',
      'Geboortedatum',
    ];
    const list = listOf(`${leaflet.join(';')}\nJan Jansen;ja;ja;ja;ja;ja;nee;ja;1-2-2015`);
    expect(list).toMatchObject({
      ok: true,
      preferences: [{ line: 2, training: false, pupil: undefined }],
      dropped: { columns: 7, purposes: PURPOSES.filter((purpose) => purpose !== 'interne_training') },
    });
    expect(JSON.stringify(list)).not.toMatch(/Jan|2015/);
  });

  it('without the column, or with it twice, is refused', () => {
    expect(listOf('leerling;6\n1;ja')).toMatchObject({ problem: 'column-missing', column: 'interne_training' });
    expect(listOf('interne_training;x\nja;1')).toMatchObject({ problem: 'column-missing', column: 'pupil' });
    expect(listOf('leerling;interne_training;6. Interne trainingsdoeleinden\n1;ja;nee')).toMatchObject({
      problem: 'column-double',
    });
    expect(readPreferences([{ line: 1, cells: ['leerling', 'interne_training'] }], '2V')).toMatchObject({
      problem: 'no-rows',
    });
    const read = readCsv('leerling;interne_training\n1;ja');
    expect(read.ok && readPreferences(read.rows, undefined)).toMatchObject({ column: 'group' });
  });

  it('names each bad row with its line and reason, and quotes nothing of it', () => {
    const head = 'leerling;klas;interne_training;rij;plaats;door;leeftijdsgroep;kanaal;ontvangen';
    const rows: readonly (readonly [string, string])[] = [
      ['1;2V;ja;2;3;ouder;<16;mail;2026-10-01', ''],
      ['2;2V;misschien;;;;;;', 'answer-unknown'],
      ['3;2V;ja;bij Piet;;;;;', 'seat-not-number'],
      ['4;2V;ja;;;oma;;;', 'by-unknown'],
      ['5;2V;ja;;;;15;;', 'band-unknown'],
      ['6;2V;ja;;;;;duif;', 'channel-unknown'],
      ['7;2V;ja;;;;;;31-2-2026', 'date-unknown'],
      [';2V;ja;;;;;;', 'pupil-missing'],
      ['leerling 1;2v;nee;;;;;;', 'pupil-double'],
      ['De Vries; Piet;2V;ja;;;;;;', 'cells'],
      [`8;${'x'.repeat(41)};ja;;;;;;`, 'group-missing'],
    ];
    const list = listOf([head, ...rows.map(([row]) => row)].join('\n'));
    const wanted = rows.flatMap(([, problem], index) => (problem === '' ? [] : [{ line: index + 2, problem }]));
    expect(list).toMatchObject({ ok: true, problems: wanted });
    expect(JSON.stringify(list)).not.toMatch(/Piet|Vries|oma/);
  });
});

describe('what an import would add', () => {
  let number = 0;
  const id = () => (number++).toString(16).padStart(16, '0');
  const defaults = { today: '2026-11-22', received: '2026-11-20', band: '<16', deadline: '2026-11-05' } as const;
  const plan = (text: string, register: ClassRegister = emptyRegister('2V'), some = {}) => {
    const list = listOf(text);
    if (!list.ok) throw new Error(list.problem);
    return planImport(list.preferences, () => register, { ...defaults, ...some }, id);
  };

  it('numbers stand for names, past those that are taken', () => {
    const register = registerOf(added(entryOf({ pupil: 'Leerling 7' })));
    const { entries } = plan('naam;interne_training\nJan;nee\n9;ja\nPiet Hein;ja', register);
    expect(entries.map(({ entry, renamed }) => [entry.pupil, entry.kind, renamed])).toEqual([
      ['Leerling 10', 'objection', true],
      ['Leerling 9', 'consent', false],
      ['Leerling 11', 'consent', true],
    ]);
    expect(entries.every(({ entry }) => entry.late && entry.schoolYear === '2026-2027')).toBe(true);
    expect(JSON.stringify(entries)).not.toMatch(/Jan|Piet/);
  });

  it('no answer is no entry; what is known stays; a tick takes no objection back', () => {
    const register = registerOf(
      added(entryOf()),
      added(entryOf({ id: '00000000000000c4', pupil: 'Leerling 4', kind: 'consent' })),
    );
    const text = 'leerling;interne_training\n1;\n3;nee\n4;ja';
    expect(plan(text, register)).toMatchObject({ entries: [], unanswered: 1, unchanged: 2, objectionKept: [] });
    expect(plan('leerling;interne_training\n3;ja', register)).toMatchObject({ entries: [], objectionKept: [2] });
  });

  it('days to come, and of a school year that is over its term, are refused', () => {
    const rows = 'leerling;interne_training;ontvangen\n1;ja;2026-12-01\n2;ja;1-10-2020';
    expect(plan(rows).problems).toEqual([
      { line: 2, problem: 'date-future' },
      { line: 3, problem: 'R10-past' },
    ]);
    expect(plan('leerling;interne_training;door\n1;ja;leerling').problems).toEqual([{ line: 2, problem: 'I4-pupil' }]);
  });
});
