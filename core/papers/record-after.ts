import { Residual } from '../review/assessment.ts';
import { dueOf, keepingFacts } from '../retention/terms.ts';
import { dayWords, lengthWords } from './dates.ts';
import type { Line } from './dossier-log.ts';
import { facts, heading, text, warning, type Block } from './paper.ts';
import type { RecordPen } from './record-pen.ts';
import { sealedPart } from './record-source.ts';
import { standingApproval } from './standing-approval.ts';

const HISTORY = [0.24, 0.46, 0.3];

/** What became of it: judging, leaving the school, tasks, wiping; and where in the log this stands. */
export function afterJudging(pen: RecordPen): Block[] {
  return [...judged(pen), ...outside(pen), ...tasks(pen), ...wipe(pen), ...place(pen)];
}

function judged(pen: RecordPen): Block[] {
  const { source, log, language, words, who, moment } = pen;
  const sealed = sealedPart(source);
  const last = log.last('rendered');
  const made = last && !log.since(last, ['decided']) ? last.what.sha256 : undefined;
  const standing = standingApproval(log, source);
  const residual = Residual.options.map((each) => words.residuals[each]).join(', ');
  const approval: Block = standing
    ? facts(
        [words.approvedBy, `${who(standing.by)}, ${moment(standing.at)}`],
        [
          words.coverage,
          words.coverageOf(lengthWords(standing.what.seconds, language), standing.what.rule ?? 'every-second'),
        ],
        // Nobody can approve without having answered each of these.
        [words.residual, `${words.residualNone}${residual}`],
      )
    : text(log.last('approved') ? words.approvalVoid : words.notApproved);
  const rows = log.lines.flatMap((line) => {
    const what = deed(line, pen);
    return what === undefined ? [] : [[moment(line.at), what, who(line.by)]];
  });
  return [
    heading(words.judged),
    facts([words.clip, (sealed ? sealed.state.clip : made) ?? words.noClip]),
    approval,
    ...(rows.length > 0 ? [{ kind: 'table', head: words.historyHead, widths: HISTORY, rows } as const] : []),
  ];
}

function deed({ what }: Line, { words, who }: RecordPen): string | undefined {
  switch (what.event) {
    case 'rendered':
      return what.passed ? words.renderedRight : words.renderedWrong(what.findings);
    case 'handed-in':
      return words.handedTo(who(what.person));
    case 'approved':
      return words.approvedShort;
    case 'sent-back':
      return words.sentBack(what.comments);
    case 'rejected':
      return words.rejected;
    default:
      return undefined;
  }
}

function outside(pen: RecordPen): Block[] {
  const { log, words, who, moment } = pen;
  const rows = log.lines.flatMap((line) => {
    const what = left(line, pen);
    return what === undefined ? [] : [[moment(line.at), what, who(line.by)]];
  });
  return [
    heading(words.outside),
    rows.length === 0 ? text(words.nothingOutside) : { kind: 'table', head: words.historyHead, widths: HISTORY, rows },
  ];
}

function left({ what }: Line, { words, language }: RecordPen): string | undefined {
  switch (what.event) {
    case 'shown':
      return words.shownTo[what.kind](what.people, dayWords(what.on, language));
    case 'export-begun':
      return words.exportBegun(what.target, what.delivery);
    case 'exported':
      return words.exported(what.target, what.delivery);
    case 'export-failed':
      return words.exportFailed(what.target, what.reason);
    case 'taken-back':
      return words.takenBack[what.how](what.delivery);
    default:
      return undefined;
  }
}

function tasks({ log, language, words, who, moment }: RecordPen): Block[] {
  const rows = log.of('task-opened').map(({ what }) => {
    const done = log.of('task-done').find((line) => line.what.task === what.task);
    const state = done ? `${moment(done.at)}, ${who(done.by)}` : words.taskOpen;
    return [words.task[what.kind], who(what.owner), dayWords(what.due, language), state];
  });
  return [
    heading(words.tasks),
    rows.length === 0
      ? text(words.noTasks)
      : { kind: 'table', head: words.taskHead, widths: [0.27, 0.25, 0.18, 0.3], rows },
  ];
}

function wipe({ source, log, language, words, who, moment }: RecordPen): Block[] {
  const known = keepingFacts(source.entries).get(source.dossier);
  const begun = log.of('wipe-begun')[0];
  const end = log.last('wiped');
  const closed = log.last('dossier-closed');
  const closing = [words.closed, closed ? `${who(closed.by)}, ${moment(closed.at)}` : words.notClosed] as const;
  if (!begun) {
    const due = known && dueOf(known);
    const held = known?.holdReviewBy;
    return [
      heading(words.wipe),
      text(due ? words.notWiped(dayWords(due.on, language), due.rule) : words.notThere),
      ...(held === undefined ? [] : [warning(words.held(dayWords(held, language)))]),
      facts(closing),
    ];
  }
  const { rule } = begun.what;
  // Of a step that was tried again, the last try counts.
  const steps = new Map(log.of('wipe-step').map(({ what }) => [what.step, what]));
  const result = end?.what.complete ? text(words.wipedWhole) : warning(end ? words.wipedPartly : words.wipeBegun);
  return [
    heading(words.wipe),
    result,
    facts(
      [words.wipeRule, rule === 'request' ? words.onRequest : rule],
      ...(end
        ? ([
            [words.wipedOn, `${who(end.by)}, ${moment(end.at)}`],
            [words.certificate, end.what.certificate],
          ] as const)
        : []),
      ...[...steps.values()].map(({ step, done, reason }): readonly [string, string] => [
        words.steps[step],
        done ? words.stepDone : words.stepFailed(reason ?? '?'),
      ]),
      closing,
    ),
  ];
}

function place({ source, words }: RecordPen): Block[] {
  const last = source.entries.at(-1);
  return [
    heading(words.place),
    facts([words.vault, source.vault], [words.seq, String(last?.seq ?? 0)], [words.hash, last?.hash ?? words.notThere]),
    text(words.placeHint),
  ];
}
