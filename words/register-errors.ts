import type { EntryRefusal } from '../core/register/entry.ts';
import type { RegisterError } from '../core/register/errors.ts';
import type { PlanProblem } from '../core/register/import-plan.ts';
import type { CsvProblem } from '../core/register/csv.ts';
import type { FileProblem } from '../core/register/preferences.ts';
import type { MoveRefusal } from '../core/register/states.ts';

type Sentences = { [Code in RegisterError['code']]: (error: Extract<RegisterError, { code: Code }>) => string };

const ENTRIES_NL: Record<EntryRefusal | 'date-future' | 'R10-past', string> = {
  'I4-pupil': 'onder de 16 geven de ouders toestemming (I4)',
  'I4-parent': 'vanaf 16 geeft de leerling zelf toestemming (I4)',
  'I5-renews': 'wat vernieuwd wordt is geen inschrijving van dezelfde leerling en soort (I5)',
  'I5-school-year': 'vernieuwen kan alleen voor een later schooljaar (I5)',
  'date-future': 'de dag ligt in de toekomst, of vóór de ontvangst',
  'R10-past': 'dit schooljaar is te lang geleden om nog te bewaren (R10)',
};

const ENTRIES_EN: Record<EntryRefusal | 'date-future' | 'R10-past', string> = {
  'I4-pupil': 'below 16 the parents give consent (I4)',
  'I4-parent': 'from 16 on the pupil gives consent (I4)',
  'I5-renews': 'what is renewed is no entry of the same pupil and kind (I5)',
  'I5-school-year': 'only for a later school year can it be renewed (I5)',
  'date-future': 'the day lies in the future, or before it was received',
  'R10-past': 'that school year is too long ago to be kept (R10)',
};

const MOVES_NL: Record<MoveRefusal, string> = {
  'B3-order': 'deze stap volgt niet op de vorige (B3)',
  'B3-consent': 'een toestemming kent geen stappen (B3)',
  'B3-role': 'deze rol zet deze stap niet (B3)',
  'B3-withdrawn': 'het bezwaar is ingetrokken (B3)',
  'B3-date': 'de dag ligt vóór de vorige stap, of in de toekomst (B3)',
  'B4-role': 'de schoolopleider bevestigt (B4)',
  'B5-not-cut': 'kwam de leerling toch in beeld, dan blijft alleen knippen over (B5)',
  'B7-role': 'de schoolopleider kiest de oplossing (B7)',
  'B7-reason': 'een oplossing heeft een reden van minstens 10 tekens (B7)',
};

const MOVES_EN: Record<MoveRefusal, string> = {
  'B3-order': 'this step does not follow the one before (B3)',
  'B3-consent': 'a consent has no steps (B3)',
  'B3-role': 'your role may not take this step (B3)',
  'B3-withdrawn': 'the objection was withdrawn (B3)',
  'B3-date': 'the day lies before the step before, or in the future (B3)',
  'B4-role': 'the school trainer confirms (B4)',
  'B5-not-cut': 'where the pupil came into view all the same, only cutting is left (B5)',
  'B7-role': 'the school trainer chooses the resolution (B7)',
  'B7-reason': 'a resolution has a reason of at least 10 characters (B7)',
};

export const ROWS_NL: Record<PlanProblem, string> = {
  ...ENTRIES_NL,
  cells: 'het aantal kolommen klopt niet; zet een naam met een scheidingsteken tussen aanhalingstekens',
  'pupil-missing': 'er staat geen leerling',
  'pupil-double': 'deze leerling staat al eerder in het bestand',
  'group-missing': 'er staat geen klas, of een naam van meer dan 40 tekens',
  'answer-unknown': 'het antwoord is geen ja of nee',
  'seat-not-number': 'rij en plaats zijn getallen onder de 100',
  'by-unknown': '"door" is leerling of ouder',
  'band-unknown': 'de leeftijdsgroep is <16 of 16+',
  'channel-unknown': 'het kanaal is mail, parro, papier, telefoon, gesprek of anders',
  'date-unknown': 'de datum is geen bestaande dag; schrijf jjjj-mm-dd of d-m-jjjj',
};

export const ROWS_EN: Record<PlanProblem, string> = {
  ...ENTRIES_EN,
  cells: 'the number of columns is wrong; put a name with a separator in it between quotes',
  'pupil-missing': 'there is no pupil',
  'pupil-double': 'this pupil is in the file already',
  'group-missing': 'there is no class, or a name of more than 40 characters',
  'answer-unknown': 'the answer is no yes or no',
  'seat-not-number': 'row and place are numbers below 100',
  'by-unknown': '"by" is pupil or parent',
  'band-unknown': 'the age band is <16 or 16+',
  'channel-unknown': 'the channel is mail, parro, paper, phone, in-person or other',
  'date-unknown': 'the date is no day that exists; write yyyy-mm-dd or d-m-yyyy',
};

const CSV_NL: Record<CsvProblem, string> = {
  'quote-open': 'een aanhalingsteken wordt niet gesloten',
  'quote-inside': 'er staat een aanhalingsteken midden in een veld',
};
const CSV_EN: Record<CsvProblem, string> = {
  'quote-open': 'a quote is not closed',
  'quote-inside': 'there is a quote in the middle of a field',
};

const HEADER_NL: Record<FileProblem, (column: string) => string> = {
  'no-rows': () => 'Dit bestand heeft geen kop of geen rijen. Exporteer de lijst opnieuw.',
  'column-missing': (column) =>
    `De kolom "${column}" ontbreekt (I7: op naam, niet op nummer). Geef haar die naam${column === 'group' ? ', of geef --group' : ''}.`,
  'column-double': (column) => `De kolom "${column}" staat er meer dan één keer in. Laat er één over.`,
};
const HEADER_EN: Record<FileProblem, (column: string) => string> = {
  'no-rows': () => 'This file has no header or no rows. Export the list again.',
  'column-missing': (column) =>
    `The column "${column}" is missing (I7: by name, not by number). Give it that name${column === 'group' ? ', or give --group' : ''}.`,
  'column-double': (column) => `The column "${column}" is there more than once. Leave one.`,
};

const all = <Rule extends string>(rules: readonly Rule[], words: Record<Rule, string>) =>
  [...new Set(rules)].map((rule) => words[rule]).join('; ');

export const registerErrorsNl: Sentences = {
  'register-not-admitted': () =>
    'U hebt de sleutel van het register nog niet. Laat een collega die haar wel heeft één keer "onherkenbaar register list" doen.',
  'register-shortened': () =>
    'In het register ontbreekt iets wat er volgens het logboek in staat. Vraag de ict-beheerder om de map "registers" terug te zetten, en gebruik tot die tijd geen opnames.',
  'register-entry-unknown': ({ entry }) => `Inschrijving ${entry} is er niet. Zie "onherkenbaar register list".`,
  'register-entry-refused': ({ rules }) => `Dit kan niet in het register: ${all(rules, ENTRIES_NL)}. Pas het aan.`,
  'register-sheet-old': () =>
    'De lijst met bezwaren per klas is niet bij. Laat een schoolopleider of de privacy officer het register één keer openen.',
  'register-pupil-named': () =>
    'Een leerling staat in het register als "Leerling 3", nooit bij naam (B1). Geef een nummer, of laat --pupil weg.',
  'register-withdrawn': () => 'Deze inschrijving is al ingetrokken. Voeg zo nodig een nieuwe toe.',
  'register-move-refused': ({ rules }) =>
    `Deze stap kan niet: ${all(rules, MOVES_NL)}. Zie "onherkenbaar register list".`,
  'register-file-missing': () => 'Deze lijst bestaat niet. Controleer de naam en de map.',
  'register-file-text': () =>
    'Dit is geen CSV-bestand, of het is groter dan 4 MB. Sla de lijst op als "CSV UTF-8" en probeer het opnieuw.',
  'register-file-csv': ({ line, problem }) =>
    `Regel ${line} van de lijst klopt niet: ${CSV_NL[problem]}. Er is niets overgenomen; verbeter de regel.`,
  'register-file-header': ({ problem, column }) => HEADER_NL[problem](column),
  'register-file-rows': ({ rows, line, problem }) =>
    `${rows} rij(en) kloppen niet; er is niets overgenomen. De eerste is regel ${line}: ${ROWS_NL[problem]}. Verbeter ze.`,
  'letter-missing': () => 'Het bestand met de gegevens voor de brief bestaat niet. Zie docs/register.md.',
  'letter-invalid': ({ field }) =>
    `Het gegeven "${field}" voor de brief ontbreekt of klopt niet. Zie het voorbeeld in docs/register.md.`,
};

export const registerErrorsEn: Sentences = {
  'register-not-admitted': () =>
    'You do not have the key of the register yet. Ask a colleague who has it to run "onherkenbaar register list" once.',
  'register-shortened': () =>
    'Something is missing in the register that is in it by the log. Ask the IT staff to restore the folder "registers", and use no recordings until then.',
  'register-entry-unknown': ({ entry }) => `There is no entry ${entry}. See "onherkenbaar register list".`,
  'register-entry-refused': ({ rules }) => `This can't go into the register: ${all(rules, ENTRIES_EN)}. Change it.`,
  'register-sheet-old': () =>
    'The list of objections by class is not up to date. Have a school trainer or the privacy officer open the register once.',
  'register-pupil-named': () =>
    'A pupil stands in the register as "Leerling 3", never by name (B1). Give a number, or leave out --pupil.',
  'register-withdrawn': () => 'This entry was withdrawn already. Add a new one if need be.',
  'register-move-refused': ({ rules }) =>
    `This step can't be taken: ${all(rules, MOVES_EN)}. See "onherkenbaar register list".`,
  'register-file-missing': () => 'This list does not exist. Check its name and folder.',
  'register-file-text': () => 'This is no CSV file, or larger than 4 MB. Save the list as "CSV UTF-8" and try again.',
  'register-file-csv': ({ line, problem }) =>
    `Line ${line} of the list is wrong: ${CSV_EN[problem]}. Nothing was taken in; mend the line.`,
  'register-file-header': ({ problem, column }) => HEADER_EN[problem](column),
  'register-file-rows': ({ rows, line, problem }) =>
    `${rows} row(s) are wrong; nothing was taken in. The first is line ${line}: ${ROWS_EN[problem]}. Mend them.`,
  'letter-missing': () => 'The file with what the letter says does not exist. See docs/register.md.',
  'letter-invalid': ({ field }) =>
    `The value of "${field}" for the letter is missing or wrong. See the example in docs/register.md.`,
};
