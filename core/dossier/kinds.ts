import { z } from 'zod';

/** What the recording is for; nothing else is supported (P1 to P3, P15). */
export const Purpose = z.enum(['lesson-quality', 'teacher-training']);
export type Purpose = z.infer<typeof Purpose>;

/** For looking back at one's lessons, also together; or to test, or prove, a competence (P7). */
export const Material = z.enum(['reflection', 'assessment']);
export type Material = z.infer<typeof Material>;

/** Legal ground, as the school has chosen it (P10, P11, P13). */
export const Ground = z.enum(['statutory-task', 'legitimate-interest', 'consent']);
export type Ground = z.infer<typeof Ground>;
