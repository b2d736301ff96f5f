/**
 * The command of an entry and what it gets on standard input: the first `%` ends the command, the others are ends of
 * lines, and `\%` is a per cent sign (crontab(5)).
 */
export function splitCommand(text: string): { command: string; stdin?: string } {
  const [command = '', ...lines] = text.split(/(?<!\\)%/).map((part) => part.replaceAll('\\%', '%'));
  if (lines.length === 0) return { command: command.trim() };
  const stdin = lines.join('\n');
  return { command: command.trim(), stdin: stdin.endsWith('\n') ? stdin : `${stdin}\n` };
}
