import { cpSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppFailure } from '../../core/errors.ts';
import { withDossier } from '../../native/vault/case-job.ts';
import { CLIP, ORIGINAL } from '../../native/vault/dossier.ts';
import { readAll } from '../../native/store/shelf.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import {
  emptyFolder,
  filesBelow,
  importLesson,
  makeVault,
  PASSPHRASE,
  seeded,
  sha256Of,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';

const CORRUPTIONS = 520;
const SEED = 20261122;

const folder = vaultFolder();
afterAll(() => folder.remove());

let made: MadeVault;
let dossiers: string[];
let right: Record<string, string>;
const good = join(folder.path, 'goed');
const broken = join(folder.path, 'stuk');

beforeAll(async () => {
  made = await makeVault(good);
  const lessons = [join(folder.path, 'a.mp4'), join(folder.path, 'b.mp4')];
  for (const lesson of lessons) await writeMarkedLesson(lesson, 2);
  dossiers = [
    await importLesson(made.trainee, lessons[0]!, 'een'),
    await importLesson(made.trainee, lessons[1]!, 'twee'),
  ];
  right = {};
  for (const [index, dossier] of dossiers.entries()) {
    right[`${dossier}/${ORIGINAL}`] = sha256Of(readFileSync(lessons[index]!));
    // Something of several blocks, and something small, beside it.
    const clip = Buffer.alloc(300_000, index + 1);
    await withDossier(made.trainee, dossier, undefined, async ({ shelf }) => {
      const writer = await shelf.create(CLIP);
      await writer.write(clip);
      await writer.commit();
    });
    right[`${dossier}/${CLIP}`] = sha256Of(clip);
  }
  expect(await readEverything(good, made.trainee)).toEqual(right);
});

/** Digest of all that can be read; throws at the first thing that can not. */
async function readEverything(root: string, as: Session): Promise<Record<string, string>> {
  const session = new Session(Vault.open(root), as.keys);
  if (!session.vault.people().has(as.keys.person.id)) throw new AppFailure({ code: 'person-unknown', person: 'Dio' });
  session.entries();
  const found: Record<string, string> = {};
  for (const dossier of dossiers) {
    await withDossier(session, dossier, undefined, async ({ shelf, state }) => {
      expect(['een', 'twee']).toContain(state.label);
      for (const name of [ORIGINAL, CLIP]) {
        const file = await shelf.open(name);
        const pieces: Uint8Array[] = [];
        try {
          for await (const piece of readAll(file)) pieces.push(piece);
        } finally {
          await file.close();
        }
        found[`${dossier}/${name}`] = sha256Of(Buffer.concat(pieces));
      }
    });
  }
  return found;
}

type Corruption = (root: string, files: readonly string[], random: () => number) => string;

const pick = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)]!;

const CORRUPTIONS_BY_KIND: Record<string, Corruption> = {
  'a bit turned': (root, files, random) => {
    const name = pick(files, random);
    const bytes = readFileSync(join(root, name));
    const at = Math.floor(random() * bytes.length);
    bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
    writeFileSync(join(root, name), bytes);
    return `${name} at ${at}`;
  },
  'cut short': (root, files, random) => {
    const name = pick(files, random);
    const size = Math.floor(random() * readFileSync(join(root, name)).length);
    truncateSync(join(root, name), size);
    return `${name} to ${size}`;
  },
  'bytes added': (root, files, random) => {
    const name = pick(files, random);
    writeFileSync(join(root, name), Buffer.alloc(1 + Math.floor(random() * 40), 65), { flag: 'a' });
    return name;
  },
  'two files swapped': (root, files, random) => {
    const [one, two] = [pick(files, random), pick(files, random)];
    renameSync(join(root, one), join(root, 'between'));
    if (one !== two) renameSync(join(root, two), join(root, one));
    renameSync(join(root, 'between'), join(root, two));
    return `${one} and ${two}`;
  },
  'a stretch of one file in another place': (root, files, random) => {
    const name = pick(files, random);
    const bytes = readFileSync(join(root, name));
    const length = Math.max(1, Math.floor(random() * Math.min(bytes.length / 2, 200_000)));
    const [from, to] = [random(), random()].map((share) => Math.floor(share * (bytes.length - length)));
    bytes.copy(bytes, to, from, from! + length);
    writeFileSync(join(root, name), bytes);
    return `${name} ${from} to ${to}`;
  },
};

describe('law: what was altered is never taken for what was sealed', () => {
  it.each(Object.entries(CORRUPTIONS_BY_KIND))('%s', async (kind, corrupt) => {
    const kinds = Object.keys(CORRUPTIONS_BY_KIND);
    const random = seeded(SEED + kinds.indexOf(kind));
    const files = filesBelow(good);
    let refused = 0;
    for (let run = 0; run < CORRUPTIONS / kinds.length; run++) {
      cpSync(good, emptyFolder(broken), { recursive: true });
      const what = corrupt(broken, files, random);
      const outcome = await readEverything(broken, made.trainee).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        // A code of our own, with a sentence that says what to do; anything else would be a crash.
        expect(outcome, what).toBeInstanceOf(AppFailure);
        refused++;
      } else expect(outcome, what).toEqual(right);
    }
    // Most files matter to a reader; one that does not (another person's profile) may be harmed unseen.
    expect(refused).toBeGreaterThan(CORRUPTIONS / kinds.length / 2);
  });

  it("gives another person's key nothing", async () => {
    const outcome = await readEverything(good, made.admin).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ error: { code: 'access-denied' } });
  });

  it('gives a wrong passphrase one clear error, and writes nothing', async () => {
    const before = filesBelow(good).map((name) => sha256Of(readFileSync(join(good, name))));
    await expect(made.vault.unlock('Dio', `${PASSPHRASE}!`)).rejects.toMatchObject({
      error: { code: 'passphrase-wrong' },
    });
    await expect(made.vault.unlock('Niemand', PASSPHRASE)).rejects.toMatchObject({ error: { code: 'person-unknown' } });
    expect((await made.vault.unlock('Dio', PASSPHRASE)).keys.person.role).toBe('trainee');
    expect(filesBelow(good).map((name) => sha256Of(readFileSync(join(good, name))))).toEqual(before);
  });
});
