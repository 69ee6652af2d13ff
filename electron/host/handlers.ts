import { copiesOutside } from '../../core/dossier/deliveries.ts';
import type { ReviewView } from '../../core/review/assessment.ts';
import type { PublicPerson } from '../../core/vault/person.ts';
import { toNumber } from '../../core/media/frame-rate.ts';
import type { Desk } from '../../native/desk/desk.ts';
import { readSubtitles } from '../../native/subtitle-file.ts';
import { showingsOf } from '../../native/vault/showing.ts';
import type { OpenCase } from '../../native/desk/open-case.ts';
import type { CaseView, Person, SourceView } from '../ipc/views.ts';
import { afterHandlers } from './after-handlers.ts';
import { Batches } from './batch-handlers.ts';
import type { MediaOffers } from './media.ts';
import { officerHandlers } from './officer-handlers.ts';
import { schoolHandlers } from './school-handlers.ts';
import type { ScreenHandlers, ShellHandlers } from './handler-types.ts';

function person({ id, name, role }: Person | PublicPerson): Person {
  return { id, name, role };
}

async function viewOf(open: OpenCase, desk: Desk, media: MediaOffers): Promise<CaseView> {
  const { id, state, recording, analysis: analysed } = open;
  const { width, height, rate, estimatedFrames } = recording.video;
  const analysis = analysed && {
    id: analysed.analysisId,
    frameCount: analysed.analysis.frameCount,
    cuts: analysed.analysis.cuts,
    damaged: analysed.analysis.damaged,
    tracks: analysed.analysis.tracks,
    heard: await open.heard(),
  };
  const there = await open.media();
  // The same thing keeps its name, so that a player need not begin anew.
  const names = {
    proxy: there.includes('proxy') ? `${id} proxy ${analysis?.id}` : undefined,
    clip: there.includes('clip') ? `${id} clip ${state.clip}` : undefined,
  };
  const tokens = await media.offerOnly(names);
  const path = (name: 'proxy' | 'clip') => (tokens[name] === undefined ? undefined : `/media/${tokens[name]}`);
  const approval = await open.approval();
  const makers = open.makers();
  return {
    id,
    state,
    width,
    height,
    rate,
    frames: analysis?.frameCount ?? estimatedFrames,
    analysis,
    report: await open.report(),
    media: { proxy: path('proxy'), clip: path('clip') },
    handInRefusals: await open.handInRefusals(),
    sound: open.soundAllowed,
    school: await open.rules(),
    outside: copiesOutside(desk.session.entries(), id).length > 0,
    showings: showingsOf(desk.session, id),
    review: await reviewOf(open, desk),
    approval: approval && { by: nameOf(desk, approval.by), at: approval.at },
    trainers: desk
      .people()
      .filter(({ id: other, role }) => role === 'school-trainer' && other !== desk.sitting?.id && !makers.has(other))
      .map(person),
  };
}

function nameOf(desk: Desk, id: string): string {
  return desk.people().find((each) => each.id === id)?.name ?? '';
}

async function reviewOf(open: OpenCase, desk: Desk): Promise<ReviewView | undefined> {
  return open.state.handedIn?.to === desk.sitting?.id ? open.review.state() : undefined;
}

/** Answers of the host, each a line or two: what is asked of the desk, and what of it the screen may see. */
export function handlers(desk: Desk, media: MediaOffers): ScreenHandlers & ShellHandlers {
  const batches = new Batches(desk, media);
  return {
    'host.choose': ({ root }) => void desk.choose(root),
    async 'host.make'({ root, name, passphrase, allowLocal }) {
      const made = await desk.make(root, name, passphrase, allowLocal);
      const { medium, fileSystem, snapshots, overwriteReliable } = made.storage;
      const storage = { medium, fileSystem, snapshots, overwriteReliable };
      return { person: person(made.person), recoveryCode: made.recoveryCode, storage };
    },
    // What is on its way out is work, too: who started it may go and get coffee.
    'host.state': () => ({ unlocked: desk.sitting && person(desk.sitting), busy: desk.busy || batches.running }),
    async 'host.look'({ path }): Promise<Omit<SourceView, 'name'>> {
      const { recording, storage } = await desk.look(path);
      const { bytes, durationSeconds: seconds, video, audio, personalTags } = recording;
      const { width, height, rate, codec } = video;
      const framesPerSecond = toNumber(rate);
      const sound = audio !== undefined;
      return { bytes, seconds, width, height, framesPerSecond, codec, sound, personalTags, medium: storage.medium };
    },
    'host.subtitles': ({ path }) => readSubtitles(path),
    'host.import': ({ path, draft, fragment }) => desk.import(path, draft, fragment),
    'host.wipeSource': ({ path, dossier }) => desk.wipeSource(path, dossier),
    'host.mediaSize': ({ token }) => media.size(token),
    'host.mediaRead': ({ token, from, length }) => media.read(token, from, length),
    async 'host.stop'() {
      await batches.stop();
      await media.clear();
      await desk.lock();
    },
    'vault.people': () => desk.people().map(person),
    'vault.unlock': async (input) => person(await desk.unlock(input.person, input.passphrase)),
    async 'vault.lock'() {
      await batches.stop();
      await media.clear();
      await desk.lock();
    },
    async 'vault.addPerson'(wish) {
      const made = await desk.addPerson(wish);
      return { person: person(made.person), recoveryCode: made.recoveryCode };
    },
    async 'cases.overview'() {
      // Looking at all of them puts away the one that was open, and with it what a player could still ask for.
      if (!desk.busy) await media.clear();
      return desk.overview();
    },
    'draft.begin': () => desk.beginDraft().id,
    'draft.read': ({ id }) => desk.readDraft(id),
    'draft.save': ({ id, intake }) => desk.saveDraft(id, intake),
    'draft.remove': ({ id }) => desk.removeDraft(id),
    'case.open': async ({ id }) => viewOf(await desk.open(id), desk, media),
    'case.analyse': ({ quality }) => desk.analyse(quality),
    'case.decide': ({ decisions }) => desk.atRest((open) => open.decide(decisions)),
    'case.follow': ({ area, frame }) => desk.atRest((open) => open.follow(area, frame)),
    'case.resolve': ({ pupil, resolution }) => desk.atRest((open) => open.resolve(pupil, resolution)),
    'case.render': ({ quality }) => desk.render(quality),
    'case.handIn': ({ to }) => desk.atRest((open) => open.handIn(to)),
    'review.state': () => desk.atRest((open) => open.review.state()),
    'review.watched': (stretch) =>
      desk.atRest((open) => {
        open.review.watched(stretch);
        return open.review.state();
      }),
    'review.answer': ({ residual }) =>
      desk.atRest((open) => {
        open.review.answer(residual);
        return open.review.state();
      }),
    'review.comment': ({ comments }) =>
      desk.atRest((open) => {
        open.review.comment(comments);
        return open.review.state();
      }),
    'review.approve': () => desk.atRest(async (open) => void (await open.review.approve())),
    'review.sendBack': ({ reason }) => desk.atRest((open) => open.review.sendBack(reason)),
    'review.reject': ({ reason }) => desk.atRest((open) => open.review.reject(reason)),
    'job.cancel': () => desk.cancel(),
    ...schoolHandlers(desk),
    ...afterHandlers(desk, media),
    ...batches.handlers(),
    ...officerHandlers(desk),
  };
}
