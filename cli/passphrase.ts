import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppFailure, fail } from '../core/errors.ts';

const TRIES = 3;
/** Wait after a wrong passphrase, doubled each time. */
const FIRST_DELAY_MS = 1000;

/** Asks without showing what is typed. @throws AppFailure `passphrase-missing` where nobody can type */
async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) fail({ code: 'passphrase-missing' });
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/**
 * Opens something with the passphrase of `ONHERKENBAAR_PASSPHRASE`, or a typed one; a wrong one costs
 * a wait that grows, and writes nothing anywhere.
 */
export async function withPassphrase<T>(question: string, open: (passphrase: string) => Promise<T>): Promise<T> {
  const given = takeFromEnvironment('ONHERKENBAAR_PASSPHRASE');
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(given ?? (await ask(question)));
    } catch (error) {
      if (!(error instanceof AppFailure) || error.error.code !== 'passphrase-wrong') throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_DELAY_MS * 2 ** (attempt - 1)));
      if (given !== undefined || attempt === TRIES) throw error;
    }
  }
}

/** A passphrase for a new profile: `ONHERKENBAAR_NEW_PASSPHRASE`, or typed twice. */
export async function newPassphrase(question: string, again: string): Promise<string> {
  const given = takeFromEnvironment('ONHERKENBAAR_NEW_PASSPHRASE');
  if (given !== undefined) return given;
  // Typed blind: a slip would lock its owner out for good.
  const typed = await ask(question);
  return typed === (await ask(again)) ? typed : fail({ code: 'passphrase-differs' });
}

/** By what a target knows someone: `ONHERKENBAAR_PORTAL_SECRET`, or typed. Never an argument: those are seen by all. */
export async function secretTyped(question: string): Promise<string> {
  return takeFromEnvironment('ONHERKENBAAR_PORTAL_SECRET') ?? (await ask(question));
}

/** No child process may find it there. */
function takeFromEnvironment(name: string): string | undefined {
  const value = process.env[name];
  delete process.env[name];
  return value;
}
