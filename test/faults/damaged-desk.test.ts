import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { readAll } from '../../native/store/shelf.ts';
import { damaged, FRAMES } from '../fixtures/bad-inputs.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { makeVault, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

it('a damaged recording is gone through once more, as it will be rendered, and the copy has it once', async () => {
  const root = join(folder.path, 'kluis');
  await makeVault(root);
  const heard = await HeardDesk.of(root, 'Dio');
  const { desk } = heard;
  const open = await desk.open(await heard.takeIn(damaged(folder.path), COMPLETE));
  expect((await heard.ended(desk.analyse('fast'))).outcome).toBe('done');
  expect(open.analysis?.analysis).toMatchObject({ damaged: true, frameCount: FRAMES });
  expect(heard.progress.at(-1)).toMatchObject({ stage: 'analyse', done: FRAMES, round: 2 });

  const copy = join(folder.path, 'kopie.mp4');
  const file = await open.openMedia('proxy');
  for await (const piece of readAll(file)) appendFileSync(copy, piece);
  await file.close();
  expect((await probe(copy, await locateFfmpeg())).video.estimatedFrames).toBe(FRAMES);

  expect((await heard.ended(desk.render('fast'))).outcome).toBe('done');
  // Had other mended pictures been analysed, the check would be further off.
  expect((await open.report())?.furthestField).toBeLessThanOrEqual(3);
  await desk.lock();
});
