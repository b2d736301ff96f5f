/** Escape sequences of terminals: CSI (colours, cursor) and OSC (titles, links). ECMA-48, section 5.4. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-Z\\-_]/g;
// oxlint-disable-next-line no-control-regex
const LINKS_AND_TITLES = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

/** What a terminal would show in the end of a line that a progress bar has written over again and again. */
function overwritten(message: string): string {
  if (!message.includes('\r')) return message;
  return message
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .join('\n');
}

/** A line with its colours, without what is no text: for `spansOf`. */
export function colouredText(message: string): string {
  return overwritten(message).replaceAll(LINKS_AND_TITLES, '');
}

/** A line as plain text: what is searched, copied and saved. */
export function plainText(message: string): string {
  const shown = overwritten(message);
  return shown.includes('\u001b') ? shown.replaceAll(SEQUENCES, '') : shown;
}
