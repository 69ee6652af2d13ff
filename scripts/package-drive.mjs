// Drives a packaged app from an empty folder to a clip that was checked, and says what it was seen to use.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { _electron } from 'playwright-core';

const PASSPHRASE = 'vier woorden zijn genoeg';
const WORK_MS = 240_000;
const STOP_MS = 15_000;
/** All that stands between a draft and an import, answered. */
const INTAKE = {
  label: '2V wiskunde, breuken',
  group: '2V',
  recordedOn: '2026-11-20',
  source: 'lesson',
  filmedBy: 'trainee',
  purpose: 'teacher-training',
  ground: 'legitimate-interest',
  material: 'assessment',
  necessity: 'Ik wil terugzien hoe ik vragen stel en wie ik daarbij oversla.',
  forEvaluation: true,
  staff: [{ name: 'Daan Docent', consentOn: '2026-11-02' }],
  informed: { on: '2026-11-13', why: true, who: true, howLong: true },
  objectionsChecked: true,
  objections: [],
};

/** Every process below this one, itself included. @param {number} pid @returns {number[]} */
function family(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The name before the parenthesis can hold spaces.
        return [Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])];
      } catch {
        return [Number(name), 0];
      }
    });
  const found = [pid];
  for (const each of found) found.push(...parents.filter(([, parent]) => parent === each).map(([child]) => child));
  return found;
}

/** Programs and libraries of the engine that the app has open now. @param {number} pid @param {Set<string>} seen */
function watch(pid, seen) {
  for (const each of family(pid))
    try {
      const program = readlinkSync(`/proc/${each}/exe`);
      if (/\/ff(mpeg|probe)$/.test(program)) seen.add(program);
      const maps = readFileSync(`/proc/${each}/maps`, 'utf8');
      for (const [library] of maps.matchAll(/\/\S+(?:libonnxruntime\.so\S*|onnxruntime_binding\.node)$/gm))
        seen.add(library);
    } catch {
      // It ended while we looked.
    }
}

/**
 * @param {{ executable: string, data: string, vault: string, lesson: string, path: string }} place
 *   `path`: where the app may look for programs
 * @param {(name: string, good: boolean, detail?: string) => void} check
 */
export async function drive({ executable, data, vault, lesson, path }, check) {
  const app = await _electron.launch({
    executablePath: executable,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    env: { ...process.env, PATH: path, FFMPEG_PATH: '', FFMPEG_BIN: '', ONHERKENBAAR_USER_DATA: data },
  });
  const child = app.process();
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => printed.push(String(text)));
  const seen = new Set();
  const watching = setInterval(() => watch(child.pid, seen), 200);
  try {
    const page = await app.firstWindow();
    await page.waitForLoadState('load');
    await way({ app, page, vault, lesson }, check);
  } catch (error) {
    const words = printed.join('').split('\n').slice(-15).join('\n');
    throw new Error(`the packaged app did not get through: ${error.message}\n${words}`, { cause: error });
  } finally {
    clearInterval(watching);
    await Promise.race([app.close(), new Promise((done) => setTimeout(done, STOP_MS))]);
    if (child.exitCode === null) child.kill('SIGKILL');
  }
  check('ends by itself, without an error', child.exitCode === 0, `exit code ${child.exitCode}`);
  return [...seen].sort();
}

async function way({ app, page, vault, lesson }, check) {
  const call = async (name, input) => {
    const answer = await page.evaluate(([name, input]) => window.bridge.call(name, input), [name, input]);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  };
  const answerDialogs = (path) =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, path);
  await page.evaluate(() => {
    window.ended = [];
    window.bridge.onTold((told) => told.kind === 'ended' && window.ended.push(told));
  });
  /** Waits for a job's end. @returns the dossier it led to */
  const ended = async (job) => {
    for (const until = Date.now() + WORK_MS; Date.now() < until;) {
      const end = await page.evaluate((job) => window.ended.find((told) => told.job === job), job);
      if (end && end.outcome !== 'done') throw new Error(`${end.what}: ${JSON.stringify(end.outcome)}`);
      if (end) return end.dossier;
      await new Promise((done) => setTimeout(done, 200));
    }
    throw new Error('a job did not end in time');
  };

  const where = await app.evaluate(({ app }) => ({ path: app.getAppPath(), packaged: app.isPackaged }));
  check('starts from its archive', where.packaged && where.path.endsWith('app.asar'));
  check('shows its window', (await page.locator('h1').count()) > 0, await page.title());

  await answerDialogs(vault);
  const folder = await call('shell.chooseFolder');
  await call('vault.make', { folder: folder.token, name: 'Bea Beheer', passphrase: PASSPHRASE, allowLocal: true });
  const { profile } = (await call('profile.read')).signed;
  const purposes = [{ purpose: INTAKE.purpose, ground: INTAKE.ground }];
  const agreed = { ...profile, purposes, regime: { pupils: 'objection', refresh: 'yearly' } };
  check('has the school profile signed', (await call('profile.sign', { profile: agreed })).state === 'valid');
  const trainee = { role: 'trainee', name: 'Daan Docent', passphrase: PASSPHRASE };
  const { person } = await call('vault.addPerson', trainee);
  await call('vault.lock');
  await call('vault.unlock', { person: person.id, passphrase: PASSPHRASE });
  check('makes a vault, and opens it for a trainee', (await call('shell.state')).unlocked?.id === person.id);

  await call('rules.sign');
  const draft = await call('draft.begin');
  check(
    'takes a draft whose questions are answered',
    (await call('draft.save', { id: draft, intake: INTAKE })).refusals.length === 0,
  );
  await answerDialogs(lesson);
  const source = await call('shell.chooseSource');
  const looked = await call('source.look', { source: source.token });
  check('ffmpeg reads a recording', looked.width > 0, `${looked.width}x${looked.height}, ${looked.seconds} s`);
  const dossier = await ended(await call('source.import', { source: source.token, draft }));
  check('takes the recording into the vault', typeof dossier === 'string');

  await call('case.open', { id: dossier });
  await ended(await call('case.analyse', { quality: 'fast' }));
  const { analysis } = await call('case.open', { id: dossier });
  check('finds and follows faces', analysis.tracks.length > 0, `${analysis.tracks.length} tracks`);
  const listened = analysis.heard?.levels.length ?? 0;
  check('listens to it', listened > 0, `${listened} levels`);
  await ended(await call('case.render', { quality: 'fast' }));
  const { report, media } = await call('case.open', { id: dossier });
  check('makes a clip that passes its check', report?.passed === true, `looked for faces with ${report?.detector}`);
  const bytes = await page.evaluate(async (path) => (await (await fetch(path)).arrayBuffer()).byteLength, media.clip);
  check('plays the clip out of the vault', bytes > 10_000, `${bytes} bytes`);
}
