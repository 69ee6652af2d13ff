import { fail } from '../../core/errors.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { probeMedia } from '../ffmpeg/probe.ts';
import { PROXY } from '../proxy.ts';
import { hashOf, readAll, type ShelfFile } from '../store/shelf.ts';
import { CLIP, REPORT, type Dossier } from '../vault/dossier.ts';

/** What can be looked at; never the recording itself. */
export type MediaName = 'proxy' | 'clip';
const MEDIA: Record<MediaName, string> = { proxy: PROXY, clip: CLIP };

/** What was made of a recording, and whether it is still that. */
export class CaseFiles {
  /** Digest of the clip whose bytes were read back and found to be those that passed. */
  private proved: string | undefined;

  constructor(private readonly dossier: Dossier) {}

  /** Of the rendering that was checked last, passed or not. */
  async report(): Promise<VerificationReport | undefined> {
    if (!this.dossier.shelf.has(REPORT)) return undefined;
    const file = await this.dossier.shelf.open(REPORT);
    try {
      const pieces: Uint8Array[] = [];
      for await (const piece of readAll(file)) pieces.push(piece);
      // Sealed with this dossier's key by the check itself.
      return JSON.parse(Buffer.concat(pieces).toString('utf8')) as VerificationReport;
    } finally {
      await file.close();
    }
  }

  /** Names that are there to be looked at. @param analysed without an analysis the copy shows nothing that is known */
  async media(analysed: boolean): Promise<MediaName[]> {
    const found: MediaName[] = this.dossier.shelf.has(PROXY) && analysed ? ['proxy'] : [];
    return (await this.clip()) === undefined ? found : [...found, 'clip'];
  }

  /**
   * Digest of the clip that is there, if it is the one that passed: a crash, or someone with access to the folder,
   * can leave another.
   */
  async clip(): Promise<string | undefined> {
    const { shelf, state } = this.dossier;
    if (state.clip === undefined || !shelf.has(CLIP)) return undefined;
    if (this.proved !== state.clip && (await hashOf(shelf, CLIP)) === state.clip) this.proved = state.clip;
    return this.proved === state.clip ? state.clip : undefined;
  }

  /** Whether the copy to look at can be heard: copies were once made without sound. */
  async copyIsHeard(tools: Ffmpeg): Promise<boolean> {
    if (!this.dossier.shelf.has(PROXY)) return false;
    return (await this.probed(PROXY, tools)).audio !== undefined;
  }

  /** By the clip itself. @throws AppFailure `input-…` when it can't be read */
  async clipSeconds(tools: Ffmpeg): Promise<number> {
    return (await this.probed(CLIP, tools)).durationSeconds;
  }

  private async probed(name: string, tools: Ffmpeg): Promise<Recording> {
    const { shelf } = this.dossier;
    const file = await shelf.open(name);
    const { size } = file;
    await file.close();
    return probeMedia(shelf.address(name), size, tools);
  }

  /** The bytes as they are now, not as they were when last looked at. */
  lookAgain(): void {
    this.proved = undefined;
  }

  /** @throws AppFailure `vault-item-missing`, `vault-item-damaged` */
  async open(name: MediaName, analysed: boolean): Promise<ShelfFile> {
    if (!(await this.media(analysed)).includes(name)) fail({ code: 'vault-item-missing', item: MEDIA[name] });
    return this.dossier.shelf.open(MEDIA[name]);
  }
}
