import { z } from 'zod';
import type { Platform } from '../profile/profile.ts';

/** Header values and signatures take no line ends. */
const secret = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[^\0]*$/);
const line = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[\x20-\x7e]+$/);

/** By which a target knows one person. They belong to that person alone, and are never in a log or an error text. */
export const Credentials = z.discriminatedUnion('kind', [
  /** Canvas, Brightspace: a token made in the person's own account. */
  z.strictObject({ kind: z.literal('token'), token: line }),
  /** WebDAV (an app password where there is one), SFTP; FileSender's API secret. */
  z.strictObject({ kind: z.literal('password'), user: line, password: secret }),
  /** SFTP: an OpenSSH private key. */
  z.strictObject({ kind: z.literal('key'), user: line, privateKey: secret }),
]);
export type Credentials = z.infer<typeof Credentials>;

/** What a platform asks a person for; nothing where a person hands in by hand. */
export const ASKED: Readonly<Record<Platform, readonly Credentials['kind'][]>> = {
  canvas: ['token'],
  brightspace: ['token'],
  filesender: ['password'],
  webdav: ['password'],
  sftp: ['password', 'key'],
  'by-hand': [],
};
