import type { RefusalRule, RequestKind, RequestOutcome } from './request.ts';

/** "Antwoord op uw …". */
export const ASKED: Record<RequestKind, string> = {
  access: 'verzoek om inzage',
  erasure: 'verzoek om verwijdering',
  restriction: 'verzoek om beperking',
  objection: 'bezwaar',
};

/** The same before "opnames van lessen". */
export const ASKED_OF: Record<RequestKind, string> = {
  access: 'verzoek om inzage in',
  erasure: 'verzoek om verwijdering van',
  restriction: 'verzoek om beperking van het gebruik van',
  objection: 'bezwaar tegen',
};

/** Sentences of the answer itself, by outcome. */
export const OUTCOMES: Record<RequestOutcome, string> = {
  granted: 'Wij doen wat u vraagt.',
  partly: 'Wij doen voor een deel wat u vraagt.',
  refused: 'Wij doen niet wat u vraagt.',
};

/** What the article says, in the words of a letter. */
export const RULE_WORDS: Record<RefusalRule, string> = {
  'art-11-2': 'wij kunnen niet vaststellen om wie het gaat (artikel 11, lid 2, AVG)',
  'art-12-5': 'het verzoek is kennelijk ongegrond of buitensporig (artikel 12, lid 5, AVG)',
  'art-12-6': 'er is nog niet gebleken wie het verzoek doet (artikel 12, lid 6, AVG)',
  'art-15-4': 'een kopie zou afdoen aan de rechten van anderen die in beeld zijn (artikel 15, lid 4, AVG)',
  'art-17-1': 'er doet zich geen van de gevallen voor waarin gegevens moeten worden gewist (artikel 17, lid 1, AVG)',
  'art-17-3': 'er is een wettelijke reden om de gegevens nog te bewaren (artikel 17, lid 3, AVG)',
  'art-18-1': 'er doet zich geen van de gevallen van beperking voor (artikel 18, lid 1, AVG)',
  'art-21-1': 'er zijn dwingende gerechtvaardigde gronden die zwaarder wegen (artikel 21, lid 1, AVG)',
  'uavg-41': 'een wettelijke uitzondering staat eraan in de weg (artikel 41 Uitvoeringswet AVG)',
};
