import { cpus, totalmem } from 'node:os';
import { AppFailure } from '../../core/errors.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { loadModel } from '../../models/store.ts';
import { licenceWish, secondModelFor, type ModelOptions } from '../../native/engine.ts';
import { type Context } from '../context.ts';
import { sentence } from '../../words/errors.ts';

/** Says what was found and what to do if something is missing; exit code 5 when the main job can't run. */
export async function doctor(options: ModelOptions, context: Context): Promise<void> {
  const { texts, output, language } = context;
  const { doctor: words } = texts;
  const lines: string[] = [];
  const found: Record<string, unknown> = {};
  const failures: AppFailure[] = [];
  const attempt = async (work: () => Promise<void> | void) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppFailure)) throw error;
      failures.push(error);
    }
  };
  await attempt(async () => {
    const tools = await locateFfmpeg();
    found['ffmpeg'] = tools;
    lines.push(`ffmpeg ${tools.version} (${tools.source}: ${tools.ffmpeg}): ${words.ok}`);
    lines.push(`  libx264, aac: ${words.ok}; HDR: ${tools.canToneMap ? words.ok : words.missing}`);
    lines.push(`  hardware: ${tools.hardwareEncoders.join(', ') || '-'}`);
    lines.push(`ffprobe (${tools.ffprobe}): ${words.ok}`);
  });
  await attempt(() => {
    const model = loadModel({ file: options.model, licence: licenceWish(options) });
    const second = secondModelFor(model, licenceWish(options));
    found['model'] = { name: model.name, licence: model.licence, sha256: model.sha256 };
    found['secondModel'] = second?.name;
    lines.push(`${words.model}: ${model.name}, ${model.licence === 'MIT' ? 'MIT' : words.research}`);
    lines.push(`${words.second}: ${second?.name ?? words.same}`);
  });
  found['cores'] = cpus().length;
  lines.push(
    `${words.cores}: ${cpus().length}; ${words.memory}: ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}`,
  );
  if (context.asJson) output.json({ event: 'doctor', ...found, missing: failures.map(({ error }) => error) });
  else {
    for (const line of lines) output.say(line);
    for (const { error } of failures) output.say(`${words.fix}: ${sentence(error, language)}`);
  }
  if (failures.length > 0) process.exitCode = 5;
}
