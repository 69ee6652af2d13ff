// What judging a lesson asks of whoever made it and of the schoolopleider: moments to look at, presses, time. The
// lesson goes the whole way through the engine; only the schoolopleider's clock is moved on by hand.
// With --once each piece of the lesson is analysed once and laid over the timeline as often as it is shown: minutes
// instead of hours. Nothing is rendered or judged then: it says what judging asks, not that the engine lets it pass.
// usage: npm run bench:walk -- FOLDER-OF-ANNOTATED-CLIPS|FILE.mp4 [--minutes 45] [--quality fast] [--cache FOLDER] [--once]
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NO_DECISIONS, type Decisions } from '../../core/decision/decisions.ts';
import type { CaseLine } from '../../core/dossier/case-line.ts';
import { toNumber } from '../../core/media/frame-rate.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { Analysis } from '../../core/pipeline/analyse.ts';
import { Residual, type ResidualAnswers } from '../../core/review/assessment.ts';
import { FASTEST } from '../../core/review/coverage.ts';
import { doubtsOf } from '../../core/review/doubts.ts';
import { reviewStops } from '../../core/review/stops.ts';
import type { Finding } from '../../core/verify/report.ts';
import type { OpenCase } from '../../native/desk/open-case.ts';
import { clipSeconds } from '../../native/job.ts';
import { planFor } from '../../native/plan-inputs.ts';
import { Vault } from '../../native/vault/vault.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { makeVault, PASSPHRASE } from '../fixtures/vault.ts';
import { layOut, writeAnnotatedLesson } from './annotated-lesson.ts';
import { analyseRepeated } from './repeated-lesson.ts';
import { ANSWERS, counted, doubtsAndSample, everySecond, perMinute, type Effort } from './judging.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '45' },
    quality: { type: 'string', default: 'fast' },
    cache: { type: 'string' },
    once: { type: 'boolean', default: false },
  },
});
const given = positionals[0] ?? '../shared/footage';
const quality = values.quality === 'careful' ? 'careful' : 'fast';
/** Times that whoever made it puts right what the check found, before that is called hopeless. */
const TRIES = 4;
const ABSENT = Object.fromEntries(Residual.options.map((each) => [each, 'absent'])) as ResidualAnswers;
const MAKER = 'Dio';
const JUDGE = 'Sara';

const say = (what: string, value: string | number) => console.log(`${what.padEnd(34)} ${value}`);
const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;

/** The engine's own clock, which the walk moves on. */
const real = performance.now.bind(performance);
let ahead = 0;
performance.now = () => real() + ahead;

async function vaultAt(root: string): Promise<void> {
  if (existsSync(root)) return;
  const { admin } = await makeVault(root);
  await admin.addPerson({ role: 'school-trainer', name: JUDGE, passphrase: PASSPHRASE, recovery: false });
}

/** What goes in is thrown away once it is in. */
async function takeIn(heard: HeardDesk, place: string): Promise<void> {
  if (!statSync(given).isDirectory()) return void (await heard.takeIn(given, COMPLETE));
  const pieces = join(place, 'stukken');
  const lesson = join(place, 'les.mp4');
  await writeAnnotatedLesson(lesson, resolve(given), Number(values.minutes), pieces);
  await heard.takeIn(lesson, COMPLETE);
  rmSync(lesson);
  rmSync(pieces, { recursive: true });
}

async function caseOf(heard: HeardDesk): Promise<CaseLine | undefined> {
  return (await heard.desk.overview()).cases[0];
}

/** How long it takes, and what comes out. */
async function run(heard: HeardDesk, kind: 'analyse' | 'render') {
  const start = real();
  const told = setInterval(() => {
    const { stage, done, total } = heard.progress.at(-1) ?? { stage: kind, done: 0, total: 1 };
    console.error(`${clock((real() - start) / 1000)}: ${stage} ${((100 * done) / total).toFixed(0)} %`);
  }, 60_000);
  const { outcome } = await heard.ended(heard.desk[kind](quality));
  clearInterval(told);
  return { outcome, took: clock((real() - start) / 1000) };
}

/** Stops by what is shown: a class is not a crowd. Nothing for a lesson that was not made here. */
function sharesOf(stops: readonly { readonly at: number }[]): Map<string, string> {
  const found = new Map<string, { seconds: number; stops: number }>();
  const scenes = statSync(given).isDirectory() ? layOut(resolve(given), Number(values.minutes)) : [];
  for (const { clip, from, to } of scenes) {
    const end = Math.min(to, Number(values.minutes) * 60);
    const known = found.get(clip) ?? { seconds: 0, stops: 0 };
    const within = stops.filter(({ at }) => at >= from && at < end).length;
    found.set(clip, { seconds: known.seconds + end - from, stops: known.stops + within });
  }
  return new Map(
    [...found].map(([clip, { seconds, stops: count }]) => [
      clip,
      `${count} in ${clock(seconds)} (${perMinute(count, seconds)})`,
    ]),
  );
}

/** Doubts of the maker, stops of the judge, and what each would take. */
async function figures(open: OpenCase): Promise<void> {
  const { analysis, analysisId } = open.analysis!;
  const findings = (await open.report())?.findings ?? [];
  const decisions = open.state.decisions ?? NO_DECISIONS;
  const digest = open.state.clip ?? '0'.repeat(64);
  tell(open.recording, analysis, { analysisId, decisions, findings, digest });
}

interface Judged {
  readonly analysisId: string;
  readonly decisions: Decisions;
  readonly findings: readonly Finding[];
  /** Of the clip. */
  readonly digest: string;
}

function tell(recording: Recording, analysis: Pick<Analysis, 'frameCount' | 'tracks' | 'cuts'>, judged: Judged): void {
  const { analysisId, decisions, findings, digest } = judged;
  const { width, height, rate } = recording.video;
  const result = planFor(recording, analysis, analysisId, decisions);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const seconds = clipSeconds(result.plan);
  const doubtful = { ...analysis, width, height, rate };
  const doubts = doubtsOf(doubtful);
  const stops = reviewStops(doubtful, result.plan, findings, toNumber(rate));
  say('clip', `${clock(seconds)}, ${analysis.tracks.length} tracks, ${analysis.cuts.length} cuts between shots`);
  say('findings of the check', findings.length);
  say('maker: doubts', counted(doubts, seconds));
  // N goes to the next one; moments in the same frame are passed at once.
  say('maker: presses of N', new Set(doubts.map(({ frame }) => frame)).size);
  say('judge: stops', counted(stops, seconds));
  for (const [clip, share] of sharesOf(stops)) say(`judge: stops in ${clip}`, share);
  const print = (what: string, { watched, wall, presses }: Effort) =>
    say(what, `${clock(watched)} of the clip, ${clock(wall)} at the screen, ${presses} presses`);
  print('judge: every second', everySecond(seconds, stops, false));
  print('judge: and pausing at each stop', everySecond(seconds, stops, true));
  print('judge: doubts and sample', doubtsAndSample(seconds, stops, digest));
}

/** The lesson of which each piece is analysed once. */
async function once(place: string): Promise<void> {
  const minutes = Number(values.minutes);
  const start = real();
  const told = (done: number, total: number) =>
    console.error(`${clock((real() - start) / 1000)}: ${done} of ${total} pieces analysed`);
  const lesson = await analyseRepeated(resolve(given), minutes, quality, join(place, 'stukken'), told);
  const { recording, analysed, pieces } = lesson;
  say('looking for faces took', clock((real() - start) / 1000));
  say(
    'really analysed',
    `${clock(analysed)} in ${pieces} pieces, laid over ${minutes} minutes as often as they are shown`,
  );
  say('not done', 'rendering, check, approval: see the walk without --once');
  const nothing = { analysisId: '0'.repeat(16), decisions: NO_DECISIONS, findings: [], digest: '0'.repeat(64) };
  tell(recording, lesson, nothing);
}

/** Draws an area over whatever the check still found, as its maker would. */
async function putRight(heard: HeardDesk, open: OpenCase): Promise<number> {
  const { analysisId } = open.analysis!;
  const before = open.state.decisions ?? NO_DECISIONS;
  const areas = ((await open.report())?.findings ?? []).map(({ seconds, box: { x, y, w, h } }) => ({
    ...{ x: Math.max(0, x - w / 2), y: Math.max(0, y - h / 2), width: 2 * w, height: 2 * h },
    during: { from: Math.max(0, seconds - 1), to: seconds + 1 },
  }));
  await heard.desk.atRest((at) => at.decide({ ...before, analysis: analysisId, zones: [...before.zones, ...areas] }));
  return areas.length;
}

async function make(place: string, root: string): Promise<string> {
  const heard = await HeardDesk.of(root, MAKER);
  if (!(await caseOf(heard))) await takeIn(heard, place);
  const line = (await caseOf(heard))!;
  const open = await heard.desk.open(line.id);
  if (!open.analysis) {
    const { outcome, took } = await run(heard, 'analyse');
    if (outcome !== 'done') throw new Error(JSON.stringify(outcome));
    say('looking for faces took', took);
  }
  // Told before the long rest: what a judge is asked hardly depends on it.
  await figures(open);
  for (let tries = 1; open.state.clip === undefined; tries++) {
    const { outcome, took } = await run(heard, 'render');
    say(`rendering and checking, try ${tries}`, `${took}: ${JSON.stringify(outcome)}`);
    if (outcome === 'done') break;
    if (tries === TRIES || outcome === 'cancelled' || outcome.error.code !== 'verification-failed') process.exit(1);
    say('areas drawn over findings', await putRight(heard, open));
  }
  // A later walk begins where the first one did: an answer that is given anew takes the clip back.
  if (open.state.handedIn) await heard.desk.atRest((at) => at.resolve('leerling 3', 'out-of-view'));
  const judge = [...Vault.open(root).people().values()].find(({ person: { name } }) => name === JUDGE)!;
  await heard.desk.atRest((at) => at.handIn(judge.person.id));
  await heard.desk.lock();
  return line.id;
}

/** Watches it whole at the fastest that counts, answers and approves. */
async function judgeIt(root: string, dossier: string): Promise<void> {
  const heard = await HeardDesk.of(root, JUDGE);
  const open = await heard.desk.open(dossier);
  await figures(open);
  const { review } = open;
  const { seconds } = await review.state();
  const began = ahead;
  for (let at = 0; at < seconds; at++) {
    ahead += 1000 / FASTEST;
    review.watched({ from: at, to: Math.min(seconds, at + 1) });
  }
  review.answer(ABSENT);
  const left = (await review.state()).refusals;
  if (left.length > 0) throw new Error(`not ready to be approved: ${left.join(', ')}`);
  await review.approve();
  say('walked through the engine', `approved after ${clock((ahead - began) / 1000)}, ${ANSWERS} answers`);
  await heard.desk.lock();
}

const place = values.cache ?? mkdtempSync(join(homedir(), '.onherkenbaar-bench-'));
mkdirSync(place, { recursive: true });
try {
  const root = join(place, 'kluis');
  if (values.once) await once(place);
  else {
    await vaultAt(root);
    await judgeIt(root, await make(place, root));
  }
} finally {
  if (values.cache === undefined) rmSync(place, { recursive: true, force: true });
}
