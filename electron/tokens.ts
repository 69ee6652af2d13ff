import { randomBytes } from 'node:crypto';
import { fail } from '../core/errors.ts';

/** Paths that the user chose, under names that say nothing: the screen gets those only. */
export class Tokens {
  private readonly paths = new Map<string, string>();

  give(path: string): string {
    const token = randomBytes(16).toString('hex');
    this.paths.set(token, path);
    return token;
  }

  /** @throws AppFailure `desk-source-unknown` */
  path(token: string): string {
    return this.paths.get(token) ?? fail({ code: 'desk-source-unknown' });
  }

  clear(): void {
    this.paths.clear();
  }
}
