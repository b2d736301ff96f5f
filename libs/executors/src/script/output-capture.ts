import { StringDecoder } from 'node:string_decoder';
import { KEPT_TEXT_BYTES, type KeptText, keepText } from '#outbound';

/** Longest logged line, in UTF-16 units; the rest of it is left out. */
const MAX_LINE = 4_096;

/** What one attempt may write into the job's logs. */
const MAX_LINES = 10_000;
const MAX_LOGGED = 1024 * 1024;

/** What is left of an attempt's share of the logs, over all of its outputs. */
export class LogBudget {
  private lines = MAX_LINES;
  private characters = MAX_LOGGED;
  private isSpent = false;

  constructor(private readonly onSpent: () => void) {}

  get spent(): boolean {
    return this.isSpent;
  }

  take(line: string): boolean {
    if (this.isSpent) return false;
    this.lines -= 1;
    this.characters -= line.length;
    if (this.lines >= 0 && this.characters >= 0) return true;
    this.isSpent = true;
    this.onSpent();
    return false;
  }
}

/**
 * Takes one output of a process as it comes: hands it on line by line, blank lines left out, and keeps its
 * beginning. Memory is bounded whatever comes, and UTF-8 is decoded across the borders of chunks.
 */
export class OutputCapture {
  private readonly decoder = new StringDecoder('utf8');
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;
  private line = '';
  private isLineCut = false;
  private isMore = false;

  constructor(
    private readonly budget: LogBudget,
    private readonly onLine: (line: string) => void,
  ) {}

  write(chunk: Buffer): void {
    const room = KEPT_TEXT_BYTES - this.keptBytes;
    if (chunk.length > room) this.isMore = true;
    if (room > 0) {
      // A copy, so that the kept beginning does not hold on to the whole chunk.
      const beginning = Buffer.from(chunk.subarray(0, room));
      this.kept.push(beginning);
      this.keptBytes += beginning.length;
    }
    if (!this.budget.spent) this.split(this.decoder.write(chunk));
  }

  /** The beginning of the output, after the last line has been handed on. */
  end(): KeptText {
    this.split(this.decoder.end());
    this.finishLine();
    const bytes = Buffer.concat(this.kept);
    // Cut bytes may end within a character, which a stream's decoder keeps back.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: this.isMore });
    const kept = keepText(text);
    return { text: kept.text, isTruncated: kept.isTruncated || this.isMore };
  }

  private split(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.extendLine(text.slice(start, end));
      this.finishLine();
      start = end + 1;
    }
    this.extendLine(text.slice(start));
  }

  private extendLine(part: string): void {
    const room = MAX_LINE - this.line.length;
    if (part.length > room) this.isLineCut = true;
    this.line += part.slice(0, room);
  }

  private finishLine(): void {
    const line = this.isLineCut ? `${this.line}…` : this.line.replace(/\r$/, '');
    this.line = '';
    this.isLineCut = false;
    if (line.trim() !== '' && this.budget.take(line)) this.onLine(line);
  }
}
