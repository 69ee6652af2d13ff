import { iou, mix, coverage, type Box } from '../geometry/box.ts';
import { BoxList } from '../geometry/box-list.ts';
import type { Detection } from '../geometry/detection.ts';
import { ColourMean, type Colours } from './colours.ts';
import type { Follower, Motion } from './follower.ts';
import { advance, inverse, resized, visibleShare, type Head } from './live-track.ts';
import { pairUp } from './pairing.ts';
import type { Run } from './run.ts';
import { lastingEvidence, requiredScore, sustainedScore, type TrackerTuning } from './tuning.ts';

interface Live<Template> {
  readonly run: Run;
  readonly head: Head<Template>;
  lastHit: number;
  confirmed: boolean;
  /** Found at least once well enough for its size to count after {@link TrackerTuning.tentativeHits}. */
  probable: boolean;
  /** Found at least once beyond doubt, not only weakly and often. */
  sure: boolean;
}

interface Past<Frame> {
  readonly index: number;
  readonly frame: Frame;
  /** Motion from the frame before; undefined at the first frame and right after a cut. */
  readonly motion: Motion | undefined;
}

/** Below this agreement two neighbouring frames are taken for two different shots. */
const CUT_AGREEMENT = 0.35;
/** With less of a head in the picture its colours are those of the border. */
const PLAIN_SHARE = 0.95;

/**
 * Follows heads over a recording that streams by: forwards as frames come, backwards through a
 * bounded window as soon as a head is found. By position and motion only; no looks are compared
 * between people or over time beyond the patch of picture that is followed.
 */
export class Tracker<Frame, Template> {
  private live: Live<Template>[] = [];
  private readonly finished: Run[] = [];
  /** Those of the finished that reach into the window: a lesson has thousands, the window a few dozen. */
  private recent: Run[] = [];
  private readonly window: Past<Frame>[] = [];
  private readonly cuts: number[] = [];
  private readonly windowLength: number;

  constructor(
    private readonly follower: Follower<Frame, Template>,
    private readonly tuning: TrackerTuning,
    private readonly framesPerSecond: number,
    /** Called with each picture that will not be looked at again. */
    private readonly discard: (frame: Frame) => void = () => {},
  ) {
    this.windowLength = Math.max(2, Math.round(tuning.lookBackSeconds * framesPerSecond));
  }

  /** First frames of new shots so far. */
  get sceneCuts(): readonly number[] {
    return this.cuts;
  }

  /** Moves every head on to the next frame. @returns true when a new shot starts here */
  step(index: number, frame: Frame): boolean {
    const previous = this.window[this.window.length - 1];
    const motion = previous && this.follower.motion(previous.frame, frame);
    const cut = motion !== undefined && motion.agreement < CUT_AGREEMENT;
    this.window.push({ index, frame, motion: cut ? undefined : motion });
    if (this.window.length > this.windowLength) this.forgetOldest();
    if (!motion) return true;
    if (cut) this.cuts.push(index);
    const still: Live<Template>[] = [];
    for (const track of this.live) {
      advance(track.head, motion, frame, this.follower, this.tuning);
      if (this.keeps(track, index, cut)) {
        track.run.boxes.push(track.head.box);
        if (track.head.unsupported === 0) track.run.lastSupported = index;
        still.push(track);
      } else this.end(track);
    }
    this.live = still;
    return cut;
  }

  private keeps(track: Live<Template>, index: number, cut: boolean): boolean {
    const { head } = track;
    if (cut && head.support < this.tuning.goodSupport) return false;
    if (visibleShare(head.box, this.follower.width, this.follower.height) < 0.1) return false;
    if (head.unsupported > this.tuning.coastSeconds * this.framesPerSecond) return false;
    return index - track.lastHit <= this.tuning.carrySeconds * this.framesPerSecond;
  }

  private end(track: Live<Template>): void {
    if (!track.confirmed || !this.believable(track)) return;
    this.finished.push(track.run);
    this.recent.push(track.run);
  }

  /** Lets the oldest picture go, and the runs that ended before what is left. */
  private forgetOldest(): void {
    this.discard(this.window.shift()!.frame);
    const oldest = this.window[0]!.index;
    this.recent = this.recent.filter(({ start, boxes }) => start + boxes.length > oldest);
  }

  /**
   * Looked at again and again, a large face goes on answering; hair and fabric do so now and then. One
   * sure answer is enough, as ever.
   */
  private believable({ run, head, sure }: Live<Template>): boolean {
    if (sure) return true;
    const wanted = sustainedScore(head.size / this.follower.height);
    return run.looksToLastHit < this.tuning.sustainedLooks || run.evidence >= wanted * run.looksToLastHit;
  }

  /**
   * Takes the faces found on the frame of the last {@link step}.
   * @param detections in follow pixels
   * @param coloursAt of that frame, at a box in follow pixels
   */
  observe(detections: readonly Detection[], coloursAt?: (box: Box) => Colours): void {
    const now = this.window[this.window.length - 1];
    if (!now) return;
    for (const { run } of this.live) run.looks++;
    const free = new Set(detections.filter((face) => face.score >= this.tuning.continueScore));
    for (const [track, face] of pairUp(this.live, [...free])) {
      free.delete(face);
      this.confirm(track, face, now);
    }
    for (const face of free) {
      if (face.score < this.tuning.tentativeScore) continue;
      // A weaker second answer on a head that is already followed is not a second head.
      if (this.live.some((track) => this.holds(track, face))) continue;
      this.begin(face, now);
    }
    this.mergeTwins();
    if (!coloursAt) return;
    for (const { run, head } of this.live) if (this.isPlain(head)) run.colours.add(coloursAt(head.box));
  }

  /** In the picture as a whole, with nothing before it. */
  private isPlain({ box, unsupported }: Head<Template>): boolean {
    return unsupported === 0 && visibleShare(box, this.follower.width, this.follower.height) > PLAIN_SHARE;
  }

  /** What may be a box around several people does not hold those within it. */
  private holds({ head, confirmed, probable }: Live<Template>, face: Box): boolean {
    return iou(face, head.box) > 0.3 || ((confirmed || probable) && coverage(face, head.box) > 0.6);
  }

  private required(score: number, face: Detection): number {
    return requiredScore(score, face.h / this.follower.height);
  }

  private confirm(track: Live<Template>, face: Detection, now: Past<Frame>): void {
    const { head, run } = track;
    const sure = face.score >= this.required(this.tuning.startScore, face);
    head.box = corrected(head, face, sure);
    // Otherwise a box that has drifted would be the measure of its own drift.
    if (sure) head.size = head.box.h;
    run.boxes.replaceLast(head.box);
    head.unsupported = 0;
    head.recent = this.follower.template(now.frame, head.box) ?? head.recent;
    head.anchor = head.recent;
    track.lastHit = now.index;
    run.lastSupported = now.index;
    run.hits++;
    run.looksToLastHit = run.looks;
    run.evidence += face.score;
    if (face.score > run.bestScore) {
      run.bestScore = face.score;
      run.bestFrame = now.index;
    }
    track.sure ||= face.score >= this.required(this.tuning.startScore, face);
    track.probable ||= face.score >= this.required(this.tuning.tentativeScore, face);
    if (!track.confirmed && this.counts(track)) {
      track.confirmed = true;
      this.extendBackwards(run);
    }
  }

  /** One sure answer, a few probable ones, or little at every look for long. */
  private counts({ run, head, sure, probable }: Live<Template>): boolean {
    if (sure || (probable && run.hits >= this.tuning.tentativeHits)) return true;
    const wanted = lastingEvidence(this.tuning.lastingEvidence, head.size / this.follower.height);
    return run.evidence >= Math.max(wanted, this.tuning.lastingScore * run.looks);
  }

  private begin(face: Detection, now: Past<Frame>): void {
    const box = { x: face.x, y: face.y, w: face.w, h: face.h };
    const template = this.follower.template(now.frame, box);
    const run: Run = {
      start: now.index,
      boxes: BoxList.of([box]),
      firstSupported: now.index,
      lastSupported: now.index,
      hits: 1,
      bestScore: face.score,
      bestFrame: now.index,
      evidence: face.score,
      looks: 1,
      looksToLastHit: 1,
      colours: new ColourMean(),
    };
    const confirmed = face.score >= this.required(this.tuning.startScore, face);
    this.live.push({
      run,
      head: { box, size: box.h, anchor: template, recent: template, unsupported: 0, support: 1 },
      lastHit: now.index,
      confirmed,
      probable: face.score >= this.required(this.tuning.tentativeScore, face),
      sure: confirmed,
    });
    if (confirmed) this.extendBackwards(run);
  }

  /** Follows a new head back through the window, until the picture no longer supports it. */
  private extendBackwards(run: Run): void {
    let at = this.window.findIndex(({ index }) => index === run.start);
    const first = this.window[at];
    if (!first) return;
    const box = run.boxes.first;
    const template = this.follower.template(first.frame, box);
    const head: Head<Template> = {
      box,
      size: box.h,
      anchor: template,
      recent: template,
      unsupported: 0,
      support: 1,
    };
    const found: Box[] = [];
    let supported = 0;
    const others = [...this.recent, ...this.live.map((track) => track.run)].filter((other) => other !== run);
    let shared = 0;
    while (at > 0) {
      const { motion } = this.window[at]!;
      if (!motion) break;
      const earlier = this.window[--at]!;
      advance(head, inverse(motion), earlier.frame, this.follower, this.tuning);
      if (visibleShare(head.box, this.follower.width, this.follower.height) < 0.1) break;
      if (head.unsupported > this.tuning.coastSeconds * this.framesPerSecond) break;
      const taken = others.some((other) => {
        const held = other.boxes.at(earlier.index - other.start);
        return held !== undefined && iou(held, head.box) > 0.5;
      });
      shared = taken ? shared + 1 : 0;
      found.push(head.box);
      if (head.unsupported === 0) supported = found.length;
      // The same head under an older name: from here back it is hidden already.
      if (shared > 3) break;
    }
    run.boxes.prepend(found.slice(0, supported).reverse());
    run.start -= supported;
    run.firstSupported = run.start;
  }

  /** Two runs on one head: the one with less evidence ends here; what it covered stays covered. */
  private mergeTwins(): void {
    for (const track of [...this.live]) {
      const twin = this.live.find(
        (other) =>
          other !== track && iou(other.head.box, track.head.box) > 0.55 && other.run.evidence >= track.run.evidence,
      );
      if (!twin || !this.live.includes(track)) continue;
      this.live = this.live.filter((other) => other !== track);
      if (track.confirmed) twin.confirmed = true;
      if (track.probable) twin.probable = true;
      this.end(track);
    }
  }

  /** Ends every run. @returns all confirmed runs in order of their start, then position */
  finish(): Run[] {
    for (const track of this.live) this.end(track);
    this.live = [];
    return this.finished.sort((a, b) => a.start - b.start || a.boxes.first.x - b.boxes.first.x);
  }
}

/**
 * A sure detection says where the head is and how large; a weak one only that it is there, and in a
 * crowd it is often a box around several.
 */
function corrected<Template>({ box, unsupported }: Head<Template>, face: Box, sure: boolean): Box {
  const trust = sure || unsupported > 0 ? 0.6 : 0.25;
  const moved = mix(box, face, trust);
  return sure ? moved : resized(moved, box);
}
