import type { Role } from '../vault/person.ts';

/**
 * Who reads what someone reported, beside that person: the privacy officer, who closes it, and the
 * administrator, whom every vault has and who has to stop the leak.
 */
export const INCIDENT_READERS: readonly Role[] = ['privacy-officer', 'administrator'];
