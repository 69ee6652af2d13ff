import { fail } from '../core/errors.ts';

export const SCHEDULES = ['systemd', 'launchd', 'windows', 'cron'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** What is to be run each day, word by word: program, its script, arguments. */
export type CommandWords = readonly string[];

/** Words that a schedule says to whoever puts it in place. */
export interface ScheduleTexts {
  readonly title: string;
  readonly how: Record<Schedule, readonly string[]>;
}

/** Half past seven: before the first lesson, when machines at school are on. */
const HOUR = 7;
const MINUTE = 30;
const AT = '07:30';

/**
 * A complete text to put in place by hand; nothing is installed.
 * @throws AppFailure `schedule-path` where a word holds a line end or another control character
 */
export function scheduleText(schedule: Schedule, command: CommandWords, texts: ScheduleTexts): string {
  if (command.some((word) => [...word].some((letter) => letter < ' ' || letter === '\x7f')))
    fail({ code: 'schedule-path' });
  const how = texts.how[schedule];
  switch (schedule) {
    case 'systemd':
      return systemd(command, texts.title, how);
    case 'launchd':
      return launchd(command, how);
    case 'windows':
      return windows(command, texts.title, how);
    case 'cron':
      return cron(command, how);
  }
}

const comments = (lines: readonly string[]) => lines.map((line) => `# ${line}`).join('\n');

/** systemd.service(5), "Command lines": `:` keeps `$` as it is, `%` begins a specifier. */
function systemdWord(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%')}"`;
}

function systemd([program = '', ...rest]: CommandWords, title: string, how: readonly string[]): string {
  return `${comments(how)}

# /etc/systemd/system/onherkenbaar-daily.service
[Unit]
Description=${title}
Wants=network-online.target
After=network-online.target remote-fs.target

[Service]
Type=oneshot
ExecStart=:${[program, ...rest].map(systemdWord).join(' ')}

# /etc/systemd/system/onherkenbaar-daily.timer
[Unit]
Description=${title}

[Timer]
OnCalendar=*-*-* ${AT}:00
Persistent=true
RandomizedDelaySec=15min

[Install]
WantedBy=timers.target
`;
}

function xml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A comment of XML may not hold two hyphens, nor end in one. */
function xmlComment(lines: readonly string[]): string {
  return `<!--\n${lines.map((line) => `  ${line.replace(/-(?=-)/g, '- ')}`).join('\n')}\n-->`;
}

function launchd(command: CommandWords, how: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
${xmlComment(how)}
<plist version="1.0">
  <dict>
    <key>Label</key>
    <string>nl.onherkenbaar.daily</string>
    <key>ProgramArguments</key>
    <array>
${command.map((word) => `      <string>${xml(word)}</string>`).join('\n')}
    </array>
    <key>StartCalendarInterval</key>
    <dict>
      <key>Hour</key>
      <integer>${HOUR}</integer>
      <key>Minute</key>
      <integer>${MINUTE}</integer>
    </dict>
    <key>StandardOutPath</key>
    <string>/var/log/onherkenbaar-daily.log</string>
    <key>StandardErrorPath</key>
    <string>/var/log/onherkenbaar-daily.log</string>
  </dict>
</plist>
`;
}

/** As CommandLineToArgvW takes it apart: backslashes count double only before a quote. */
function windowsWord(word: string): string {
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

/** As a file: schtasks takes no command longer than 261 characters, and from a line does not make up for a missed day. */
function windows([program = '', ...rest]: CommandWords, title: string, how: readonly string[]): string {
  return `${xmlComment(how)}
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${xml(title)}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T${AT}:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
  </Settings>
  <Actions>
    <Exec>
      <Command>${xml(windowsWord(program))}</Command>
      <Arguments>${xml(rest.map(windowsWord).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

/** For /bin/sh in single quotes; crontab(5) takes a bare `%` for a line end. */
function cronWord(word: string): string {
  return `'${word.replace(/'/g, `'\\''`)}'`.replace(/%/g, '\\%');
}

function cron(command: CommandWords, how: readonly string[]): string {
  return `${comments(how)}\n${MINUTE} ${HOUR} * * * ${command.map(cronWord).join(' ')}\n`;
}
