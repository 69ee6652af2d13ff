import { z } from 'zod';
import type { Platform } from '../profile/profile.ts';

/** What a far end calls a course, a folder or an assignment. */
const number = z.string().regex(/^[1-9][0-9]{0,17}$/);
/** From the root of a server; no step upwards, nothing that is hidden there. */
const path = z
  .string()
  .max(500)
  .regex(/^\/[^\0\\]*$/)
  .refine((text) => !text.split('/').some((part) => part === '.' || part === '..'));

/**
 * Where a clip goes at its target. It may hold names, of folders or of people, so it is kept only sealed (law 8).
 */
export const Place = z.discriminatedUnion('kind', [
  /** On this machine or the school's network; a person brings it on from there. */
  z.strictObject({ kind: z.literal('folder'), path: z.string().min(1) }),
  z.strictObject({ kind: z.literal('webdav'), path }),
  z.strictObject({ kind: z.literal('sftp'), path }),
  z.strictObject({ kind: z.literal('canvas'), course: number, assignment: number }),
  z.strictObject({ kind: z.literal('brightspace'), orgUnit: number, folder: number }),
  z.strictObject({ kind: z.literal('filesender'), recipients: z.array(z.email().max(120)).min(1).max(5) }),
]);
export type Place = z.infer<typeof Place>;
export type PlaceKind = Place['kind'];

/**
 * A place as a person writes it: `COURSE/ASSIGNMENT`, `ORGUNIT/FOLDER`, mail addresses with commas, or a path.
 * @returns undefined when that is no place on this platform
 */
export function placeFrom(platform: Platform, text: string): Place | undefined {
  const [first, second, ...more] = text.split('/').map((part) => part.trim());
  const pair = more.length === 0;
  const wished = {
    'by-hand': undefined,
    canvas: pair && { kind: 'canvas', course: first, assignment: second },
    brightspace: pair && { kind: 'brightspace', orgUnit: first, folder: second },
    webdav: { kind: 'webdav', path: text },
    sftp: { kind: 'sftp', path: text },
    filesender: { kind: 'filesender', recipients: text.split(',').map((mail) => mail.trim()) },
  }[platform];
  return Place.safeParse(wished).data;
}

/** As {@link placeFrom} reads it. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case 'folder':
    case 'webdav':
    case 'sftp':
      return place.path;
    case 'canvas':
      return `${place.course}/${place.assignment}`;
    case 'brightspace':
      return `${place.orgUnit}/${place.folder}`;
    case 'filesender':
      return place.recipients.join(', ');
  }
}
