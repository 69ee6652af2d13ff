import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_INTAKE, type Intake } from '../../core/dossier/intake.ts';
import { Drafts } from '../../native/desk/drafts.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { emptyFolder, filesBelow, makeVault, PASSPHRASE, searchFiles, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
let trainee: Session['keys'];
let trainer: Session['keys'];

beforeAll(async () => {
  const made = await makeVault(template);
  trainee = made.trainee.keys;
  const wish = { role: 'school-trainer', name: 'So', passphrase: PASSPHRASE, recovery: false } as const;
  trainer = (await made.admin.addPerson(wish)).keys;
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

const of = (keys: Session['keys']) => new Drafts(new Session(Vault.open(root), keys));
const fileOf = (id: string, keys = trainee) => join(root, 'drafts', keys.person.id, `${id}.sealed`);
const objections = [{ pupil: 'leerling met bezwaar', seat: 'derde rij, bij het raam' }];
const intake: Intake = { ...COMPLETE, objections };
const code = (wanted: string) => expect.objectContaining({ error: expect.objectContaining({ code: wanted }) });

describe('a draft', () => {
  it('begins empty, comes back as it was saved, also later, and goes when it is removed', () => {
    const drafts = of(trainee);
    const { id, intake: first } = drafts.begin();
    expect(first).toEqual(EMPTY_INTAKE);
    expect(drafts.read(id)).toEqual(EMPTY_INTAKE);
    drafts.save(id, intake);
    const other = drafts.begin().id;
    expect(of(trainee).read(id)).toEqual(intake);
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(of(trainee).list().sort(byId)).toEqual(
      [
        { id, intake },
        { id: other, intake: EMPTY_INTAKE },
      ].sort(byId),
    );
    drafts.remove(id);
    drafts.remove(id);
    expect(drafts.list().map((draft) => draft.id)).toEqual([other]);
  });

  it('is sealed: no word of it stands in any file or its name', () => {
    const drafts = of(trainee);
    drafts.save(drafts.begin().id, intake);
    const words = [intake.label, intake.necessity, objections[0]!.pupil, objections[0]!.seat, 'objections'];
    // The profile, which lies open, names the purposes that a school allows.
    expect(searchFiles(join(root, 'drafts'), [Buffer.from('teacher-training')])).toEqual([]);
    expect(
      searchFiles(
        root,
        words.map((text) => Buffer.from(text)),
      ),
    ).toEqual([]);
    for (const name of filesBelow(join(root, 'drafts'))) expect(name).toMatch(/^[0-9a-f]{16}\/[0-9a-f]{16}\.sealed$/);
  });

  it('is sealed anew each time: the same answers give other bytes', () => {
    const drafts = of(trainee);
    const { id } = drafts.begin();
    const first = readFileSync(fileOf(id));
    drafts.save(id, EMPTY_INTAKE);
    expect(readFileSync(fileOf(id)).equals(first)).toBe(false);
  });

  it('is for whoever wrote it: another person neither finds nor opens it', () => {
    const { id } = of(trainee).begin();
    expect(of(trainer).list()).toEqual([]);
    expect(() => of(trainer).read(id)).toThrow(code('desk-draft-unknown'));
    of(trainer).begin();
    cpSync(fileOf(id), fileOf(id, trainer));
    expect(() => of(trainer).read(id)).toThrow(code('vault-item-damaged'));
  });

  it.each(['0000000000000000', '', '../../vault', 'ABCDEF0123456789', '0123456789abcdef0'])(
    'is unknown by the name %j',
    (id) => {
      of(trainee).begin();
      expect(() => of(trainee).read(id)).toThrow(code('desk-draft-unknown'));
    },
  );

  it('is written nowhere but in its place', () => {
    for (const id of ['../x', '', 'x'.repeat(16)]) {
      expect(() => of(trainee).save(id, intake)).toThrow(code('value-invalid'));
      expect(() => of(trainee).remove(id)).toThrow(code('value-invalid'));
    }
    expect(filesBelow(root)).toEqual(filesBelow(template));
  });

  it('that was changed, or laid in the place of another, does not open', () => {
    const drafts = of(trainee);
    const [a, b] = [drafts.begin().id, drafts.begin().id];
    const bytes = readFileSync(fileOf(a));
    cpSync(fileOf(a), fileOf(b));
    expect(() => drafts.read(b)).toThrow(code('vault-item-damaged'));
    for (const at of [0, 20, bytes.length - 1]) {
      const wrong = Buffer.from(bytes);
      wrong[at]! ^= 1;
      writeFileSync(fileOf(a), wrong);
      expect(() => drafts.read(a)).toThrow(code('vault-item-damaged'));
    }
    for (const length of [0, 10, bytes.length - 1]) {
      writeFileSync(fileOf(a), bytes.subarray(0, length));
      expect(() => drafts.read(a)).toThrow(code('vault-item-damaged'));
    }
  });

  it('that is damaged hides none of the others', () => {
    const drafts = of(trainee);
    const [a, b] = [drafts.begin().id, drafts.begin().id];
    writeFileSync(fileOf(a), 'niets');
    expect(drafts.list().map(({ id }) => id)).toEqual([b]);
  });

  it('can not be written when it could not be read again', () => {
    const drafts = of(trainee);
    const { id } = drafts.begin();
    expect(() => drafts.save(id, { ...intake, label: 'x'.repeat(81) })).toThrow(code('value-invalid'));
    expect(drafts.read(id)).toEqual(EMPTY_INTAKE);
  });

  it('can not be opened any more once the desk is locked', () => {
    const drafts = of(trainee);
    const { id } = drafts.begin();
    drafts.close();
    expect(() => drafts.read(id)).toThrow(code('vault-item-damaged'));
    expect(of(trainee).read(id)).toEqual(EMPTY_INTAKE);
  });
});

describe('a draft on the desk', () => {
  const entries = () => new Session(Vault.open(root), trainee).entries().map(({ what }) => what);
  const stops = () => entries().flatMap((what) => (what.event === 'intake-stopped' ? [what.rule] : []));

  it('is logged once when the rules close its way, and holds no other word in the log', async () => {
    const { desk } = await HeardDesk.of(root, 'Dio');
    const { id } = desk.beginDraft();
    const proof = { ...intake, forEvaluation: false };
    const { refusals } = await desk.saveDraft(id, proof);
    expect(refusals).toEqual([{ rule: 'P5', field: 'forEvaluation', stop: true }]);
    await desk.saveDraft(id, { ...proof, label: 'toch' });
    await desk.saveDraft(id, { ...proof, filmedBy: 'external' });
    expect(stops()).toEqual(['P5', 'I8']);
    expect(await desk.readDraft(id)).toMatchObject({
      intake: { filmedBy: 'external' },
      refusals: [{ rule: 'I8' }, { rule: 'P5' }],
    });
    await desk.saveDraft(id, intake);
    expect(stops()).toEqual(['P5', 'I8']);
    expect(readFileSync(join(root, 'log', 'audit.jsonl'), 'utf8')).not.toContain('toch');
    await desk.lock();
  });

  it('is not logged while answers are only missing', async () => {
    const { desk } = await HeardDesk.of(root, 'Dio');
    const before = entries().length;
    const { id } = desk.beginDraft();
    expect((await desk.saveDraft(id, { ...EMPTY_INTAKE, label: 'les' })).refusals).toContainEqual({
      rule: 'P1',
      field: 'purpose',
      stop: false,
    });
    expect(entries()).toHaveLength(before);
    desk.removeDraft(id);
    expect((await desk.overview()).drafts).toEqual([]);
    await expect(desk.saveDraft(id, intake)).rejects.toEqual(code('desk-draft-unknown'));
    expect(readdirSync(join(root, 'drafts', trainee.person.id))).toEqual([]);
    await desk.lock();
  });

  it('is not begun by who may not take anything in', async () => {
    const { desk } = await HeardDesk.of(root, 'Beheer');
    expect(() => desk.beginDraft()).toThrow(code('act-not-allowed'));
    await desk.lock();
  });
});
