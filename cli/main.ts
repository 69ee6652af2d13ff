import { Command, CommanderError, Option } from 'commander';
import { AppFailure } from '../core/errors.ts';
import { machineError } from '../native/machine-error.ts';
import { anonymise, type AnonymiseOptions } from './commands/anonymise.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { showProbe } from './commands/probe.ts';
import { type ModelOptions } from '../native/engine.ts';
import { createContext, type Context } from './context.ts';
import { addPapersCommands } from './papers-commands.ts';
import { addKeepingCommands } from './keeping-commands.ts';
import { addExportCommands } from './export-commands.ts';
import { addPortalCommands } from './portal-commands.ts';
import { fitOption } from './quality.ts';
import { SOUND } from './sound.ts';
import { SUBTITLES, SUBTITLE_WORDS } from './subtitles.ts';
import { addProfileCommands } from './profile-commands.ts';
import { addRegisterCommands } from './register-commands.ts';
import { addRulesCommands } from './rules-commands.ts';
import { addIncidentCommands } from './incident-commands.ts';
import { addRequestCommands } from './request-commands.ts';
import { addWorkerCommands } from './worker-commands.ts';
import { addVaultCommands, type CommonOptions } from './vault-commands.ts';
import { sentence } from '../words/errors.ts';
import { exitCode } from './exit-code.ts';

const EXIT_USAGE = 2;
const EXIT_UNEXPECTED = 1;

/**
 * One Ctrl-C ends all children and cleans up; a second one does not wait. It then goes at once: an orderly
 * exit aborts when the network is computing, and a dump of the memory would hold pictures and keys.
 */
function cancellation(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.kill(process.pid, 'SIGKILL');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

function report(error: unknown, context: Context): number {
  const known = error instanceof AppFailure ? error.error : machineError(error);
  // A killed child may be noticed before the signal is: whoever pressed Ctrl-C meant "stop".
  // Work that was handed out tells by itself what is left of it.
  const stopped = context.signal.aborted && known?.code.startsWith('queue-') !== true;
  const shown = stopped ? ({ code: 'cancelled' } as const) : known;
  if (shown) {
    if (context.asJson) context.output.json({ event: 'error', ...shown });
    process.stderr.write(`${sentence(shown, context.language)}\n`);
    return exitCode(shown);
  }
  if (context.asJson) context.output.json({ event: 'error', code: 'unexpected' });
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${context.texts.unexpected}\n${withoutFolders(trace)}\n`);
  return EXIT_UNEXPECTED;
}

/** Folder names can be names of people and schools. */
function withoutFolders(trace: string): string {
  return trace.replace(/(file:\/\/)?([A-Za-z]:)?[^\s'"()]*[/\\]/g, '');
}

async function guarded(options: CommonOptions, work: (context: Context) => Promise<unknown> | unknown): Promise<void> {
  const context = createContext(options, cancellation());
  try {
    await work(context);
  } catch (error) {
    process.exitCode = report(error, context);
  }
}

function common(command: Command): Command {
  return command
    .addOption(new Option('--lang <language>', 'taal / language').choices(['nl', 'en']))
    .option('--json', 'voor machines: één JSON-regel per gebeurtenis / one JSON line per event');
}

function models(command: Command): Command {
  return command
    .option('--model <file>', 'eigen model / own model (YuNet, SCRFD, RetinaFace, UltraFace, FaceBoxes: ONNX)')
    .addOption(
      new Option('--licence <kind>', 'licentie van het model / of the model')
        .choices(['any', 'permissive'])
        .default('any'),
    );
}

function program(): Command {
  const root = new Command('onherkenbaar')
    .description('Maakt leerlingen in lesopnames onherkenbaar, op dit toestel, en controleert het resultaat.')
    .exitOverride();
  models(common(root.command('anonymise')))
    .argument('<lesson>', 'de opname / the recording')
    .description('maakt een opname onherkenbaar / makes a recording unrecognisable')
    .option('-o, --output <clip>', 'de clip, .mp4 / the clip')
    .addOption(new Option('--quality <level>').choices(['fast', 'careful']).default('careful'))
    .addOption(fitOption())
    .addOption(new Option('--mask <style>').choices(['mosaic', 'fill', 'silhouette']).default('mosaic'))
    .addOption(SOUND)
    .option('--decisions <file>', 'beslissingen per spoor, zones, knippen / decisions (docs/decisions.md)')
    .addOption(SUBTITLES)
    .addOption(SUBTITLE_WORDS)
    .option('--contact-sheet <file>', 'overzicht van de clip als JPEG / overview of the clip')
    .option('--report <file>', 'het controlerapport als JSON / the verification report')
    .option('--resume', 'ga verder na een onderbreking / go on after an interruption')
    .option('--dry-run', 'alleen zoeken en tonen wat verborgen wordt / only show what would be hidden')
    .option('--overwrite', 'vervang een bestaande clip / replace an existing clip')
    .option('--accept-findings', 'geef vrij ondanks gezichten in beeld / release despite faces in view')
    .action(async (lesson: string, options: AnonymiseOptions & CommonOptions, command: Command) => {
      if (options.output === undefined && options.dryRun !== true)
        command.error('-o CLIP.mp4 ontbreekt / is missing', { exitCode: EXIT_USAGE });
      await guarded(options, (context) => anonymise(lesson, options, context));
    });
  common(root.command('probe'))
    .argument('<file>')
    .description('wat er in een bestand zit en wat ermee gebeurt / what a file holds and what will happen to it')
    .action((file: string, options: CommonOptions) => guarded(options, (context) => showProbe(file, context)));
  models(common(root.command('doctor')))
    .description('wat er op dit toestel gevonden is / what was found on this machine')
    .action((options: CommonOptions & ModelOptions) => guarded(options, (context) => doctor(options, context)));
  models(common(root.command('demo')))
    .description('laat het zien op een samengestelde les / shows it on a composed lesson')
    .option('--folder <folder>', 'waar de bestanden komen / where the files go', 'demo')
    .action((options: CommonOptions & ModelOptions & { folder: string }) =>
      guarded(options, (context) => demo(options, context)),
    );
  addVaultCommands(root, { common, models, guarded });
  addKeepingCommands(root, { common, models, guarded });
  addProfileCommands(root, { common, models, guarded });
  addRegisterCommands(root, { common, models, guarded });
  addRulesCommands(root, { common, models, guarded });
  addPapersCommands(root, { common, models, guarded });
  addRequestCommands(root, { common, models, guarded });
  addIncidentCommands(root, { common, models, guarded });
  addExportCommands(root, { common, models, guarded });
  addPortalCommands(root, { common, models, guarded });
  addWorkerCommands(root, { common, models, guarded });
  return root;
}

// Whoever reads our output may stop reading, as `head` does; that is no failure of the work.
process.stdout.on('error', () => {});

try {
  await program().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
}
