import type { SchoolProfile } from '../profile/profile.ts';
import type { Paragraph, Printable } from '../register/letters.ts';
import { AFFECTED, CAUSES, KINDS, MEASURES, NATURE, REPORTED } from './form-words.ts';
import type { IncidentCase } from './states.ts';

/** For what the program does not know; it is filled in by hand. */
const BLANK = '..............................................................................';

const clock = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'long',
  timeStyle: 'short',
});

/** "22 november 2026 om 14:30", as a Dutch clock shows it. @param at ISO 8601 */
function moment(at: string): string {
  return clock.format(new Date(at));
}

const or = (text: string) => (text === '' ? BLANK : text);
const ask = (heading: string, ...answers: readonly string[]): Paragraph => ({ heading, text: answers.join('\n') });

/**
 * What is known, in the order in which the Autoriteit Persoonsgegevens asks for it (AVG art. 33(3)), to
 * type over there. Nothing is sent. It names nobody but the school's own contact.
 * @param profile undefined while none stands: a breach is reported all the same
 */
export function incidentForm(known: IncidentCase, profile: SchoolProfile | undefined): Printable {
  const { incident, openedAt, noticedAt, reportBy, frozen, facts, closing } = known;
  const { causes, what, dossiers, kinds, affected, measures } = facts;
  const { school = '', board = '', privacyOfficer } = profile ?? {};
  const told = measures.includes('people-told') || closing?.reported === 'authority-and-people';
  return {
    kind: 'form',
    language: 'nl',
    title: 'Datalek: gegevens voor de melding',
    paragraphs: [
      {
        apart: true,
        heading: `Meld vóór ${moment(reportBy)} bij de Autoriteit Persoonsgegevens`,
        text: 'Tenzij het niet waarschijnlijk is dat het een risico is voor de betrokkenen; dat oordeel is aan de privacy officer. Dit blad meldt niets: vul het meldformulier in op autoriteitpersoonsgegevens.nl. Ontbreekt er nog iets, meld dan op tijd en vul later aan.',
      },
      ask(
        '1. De organisatie',
        `School: ${or(school)}`,
        `Bestuur (verwerkingsverantwoordelijke): ${or(board)}`,
        `KvK-nummer: ${BLANK}`,
      ),
      ask(
        '2. Contactpersoon (functionaris gegevensbescherming of privacy officer)',
        `Naam: ${or(privacyOfficer?.name ?? '')}`,
        `E-mail: ${or(privacyOfficer?.mail ?? '')}`,
        `Telefoon: ${BLANK}`,
      ),
      ask('3. Soort melding', 'Eerste melding / aanvulling op melding nummer: ...............................'),
      ask('4. Wanneer', `Ontdekt op: ${moment(noticedAt)}`, `Begin en einde van de inbreuk, of nog gaande: ${BLANK}`),
      ask('5. Samenvatting: wat is er gebeurd', what, ...causes.map((cause) => `–  ${CAUSES[cause]}`)),
      ask('6. Aard van de inbreuk', [...new Set(causes.map((cause) => NATURE[cause]))].join(', ')),
      ask(
        '7. Van wie zijn de gegevens',
        `Aantal betrokkenen: ${AFFECTED[affected]}`,
        `Groepen (leerlingen, van wie minderjarig; medewerkers): ${BLANK}`,
        `Opnames: ${dossiers.length === 0 ? 'geen aangewezen' : `${dossiers.length} (dossier ${dossiers.join(', ')})`}`,
      ),
      ask('8. Welke gegevens', ...kinds.map((kind) => `–  ${KINDS[kind]}`)),
      ask('9. Gevolgen voor de betrokkenen', BLANK, BLANK),
      ask(
        '10. Maatregelen vooraf',
        'Opnames staan versleuteld in een kluis, elk met een eigen sleutel. Wat de school verlaat, is onherkenbaar gemaakt en door een schoolopleider goedgekeurd. Was wat gelekt is versleuteld of onherkenbaar gemaakt: ja / nee / deels',
      ),
      ask(
        '11. Maatregelen daarna',
        ...(measures.length === 0 ? [BLANK] : measures.map((measure) => `–  ${MEASURES[measure]}`)),
      ),
      ask(
        '12. Zijn de betrokkenen ingelicht (artikel 34 AVG)',
        told ? `Ja. Wanneer en hoe: ${BLANK}` : `Ja, op: .................... / nog niet / nee, omdat: ${BLANK}`,
      ),
      ask('13. Andere landen, verwerkers of organisaties die erbij betrokken zijn', BLANK),
      ask('14. Bij een melding na 72 uur: waarom later', or(closing?.delay ?? '')),
      ...(closing ? [outcome(closing)] : []),
      ask(
        'Voor het eigen register (artikel 33, lid 5, AVG)',
        `Nummer ${incident}, opgenomen op ${moment(openedAt)}.`,
        `Het logboek is vastgezet op regel ${frozen.seq}, kenmerk ${frozen.hash}.`,
      ),
    ],
  };
}

function outcome({ at, reported, reportedAt, reason }: NonNullable<IncidentCase['closing']>): Paragraph {
  const when = reportedAt === undefined ? '' : ` op ${moment(reportedAt)}`;
  return ask('Afgesloten', `Op ${moment(at)}: ${REPORTED[reported]}${when}.`, reason);
}
