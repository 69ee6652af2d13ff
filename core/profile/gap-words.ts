import type { gapsOf } from './profile.ts';

type Gap = ReturnType<typeof gapsOf>[number];

/** What a profile can lack, as the privacy officer reads it (R9). */
export const GAP_WORDS: Record<'nl' | 'en', Record<Gap, string>> = {
  nl: {
    school: 'naam van de school',
    board: 'bevoegd gezag',
    manager: 'beheerder',
    privacyOfficer: 'privacy officer, met e-mailadres',
    complaints: 'klachtenroute',
    grounds: 'grondslag',
    proofOnly: 'opname die alleen bewijslast is',
    sharing: 'delen buiten de school',
    regime: 'toestemming of bezwaar, en hoe lang dat geldt',
    resolutions: 'hoe een bezwaar wordt opgelost',
    terms: 'bewaartermijnen',
    vaults: 'plaats van de kluis',
    sound: 'geluid',
    supervisedLook: 'inzage onder toezicht',
    coverage: 'hoeveel de schoolopleider bekijkt',
    revisionOn: 'revisiedatum',
  },
  en: {
    school: 'name of the school',
    board: 'board',
    manager: 'administrator',
    privacyOfficer: 'privacy officer, with a mail address',
    complaints: 'complaint route',
    grounds: 'legal ground',
    proofOnly: 'a recording that is proof alone',
    sharing: 'sharing outside the school',
    regime: 'consent or objection, and how long that counts',
    resolutions: 'how an objection is met',
    terms: 'terms of keeping',
    vaults: 'place of the vault',
    sound: 'sound',
    supervisedLook: 'supervised viewing',
    coverage: 'how much a reviewer watches',
    revisionOn: 'revision date',
  },
};
