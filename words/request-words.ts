import type { RefusalRule, RequestBy, RequestKind, RequestOutcome } from '../core/requests/request.ts';
import type { RequestState } from '../core/requests/states.ts';
import type { Language } from './errors.ts';

/** Closed lists of the request desk, as command line and window name them. */
export interface RequestWords {
  readonly kind: Record<RequestKind, string>;
  readonly by: Record<RequestBy, string>;
  readonly state: Record<RequestState, string>;
  readonly outcome: Record<RequestOutcome, string>;
  /** Why not, or not all of it. */
  readonly rule: Record<RefusalRule, string>;
}

const nl: RequestWords = {
  kind: { access: 'inzage', erasure: 'verwijdering', restriction: 'beperking', objection: 'bezwaar' },
  by: { pupil: 'leerling', parent: 'ouder', staff: 'medewerker' },
  state: { received: 'ontvangen', handling: 'in behandeling', extended: 'uitgesteld', answered: 'beantwoord' },
  outcome: { granted: 'ingewilligd', partly: 'deels ingewilligd', refused: 'afgewezen' },
  rule: {
    'art-11-2': 'niet vast te stellen om wie het gaat (art. 11 lid 2)',
    'art-12-5': 'kennelijk ongegrond of buitensporig (art. 12 lid 5)',
    'art-12-6': 'niet gebleken wie het vraagt (art. 12 lid 6)',
    'art-15-4': 'een kopie doet af aan de rechten van anderen in beeld (art. 15 lid 4)',
    'art-17-1': 'geen van de gevallen voor wissen (art. 17 lid 1)',
    'art-17-3': 'een wettelijke reden om te bewaren (art. 17 lid 3)',
    'art-18-1': 'geen van de gevallen van beperking (art. 18 lid 1)',
    'art-21-1': 'dwingende gronden die zwaarder wegen (art. 21 lid 1)',
    'uavg-41': 'een wettelijke uitzondering (art. 41 UAVG)',
  },
};

const en: RequestWords = {
  kind: { access: 'access', erasure: 'erasure', restriction: 'restriction', objection: 'objection' },
  by: { pupil: 'pupil', parent: 'parent', staff: 'member of staff' },
  state: { received: 'received', handling: 'being handled', extended: 'extended', answered: 'answered' },
  outcome: { granted: 'granted', partly: 'granted in part', refused: 'refused' },
  rule: {
    'art-11-2': 'it cannot be told whom it is about (art. 11(2))',
    'art-12-5': 'manifestly unfounded or excessive (art. 12(5))',
    'art-12-6': 'it was not shown who asks (art. 12(6))',
    'art-15-4': 'a copy would harm the rights of others in view (art. 15(4))',
    'art-17-1': 'none of the cases of erasure (art. 17(1))',
    'art-17-3': 'a legal reason to keep it (art. 17(3))',
    'art-18-1': 'none of the cases of restriction (art. 18(1))',
    'art-21-1': 'compelling grounds that weigh more (art. 21(1))',
    'uavg-41': 'a legal exception (art. 41 UAVG)',
  },
};

export function requestWords(language: Language): RequestWords {
  return language === 'nl' ? nl : en;
}
