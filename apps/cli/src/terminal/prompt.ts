import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Asks the person at the terminal; what is typed at a hidden question is not shown. */
export class Prompt {
  constructor(
    private readonly input: NodeJS.ReadStream,
    private readonly output: NodeJS.WriteStream,
  ) {}

  /** Is anybody there to ask? */
  get isInteractive(): boolean {
    return this.input.isTTY && this.output.isTTY;
  }

  ask(question: string): Promise<string> {
    return this.#ask(question, this.output);
  }

  async askHidden(question: string): Promise<string> {
    this.output.write(question);
    const answer = await this.#ask('', new Writable({ write: (_chunk, _encoding, done) => done() }));
    this.output.write('\n');
    return answer;
  }

  async confirm(question: string): Promise<boolean> {
    return /^y(es)?$/i.test((await this.ask(`${question} [y/N] `)).trim());
  }

  /** All of standard input. */
  readAll(): Promise<string> {
    return text(this.input);
  }

  async #ask(question: string, output: NodeJS.WritableStream): Promise<string> {
    const lines = createInterface({ input: this.input, output, terminal: true });
    lines.once('SIGINT', () => process.exit(130));
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  }
}
