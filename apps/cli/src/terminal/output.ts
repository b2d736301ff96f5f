import { styleText } from 'node:util';
import { type Column, renderTable } from './table.js';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export interface OutputStream {
  write(text: string): unknown;
  isTTY?: boolean;
}

export interface OutputOptions {
  stdout: OutputStream;
  stderr: OutputStream;
  isJson: boolean;
  /** False: `--no-color`, `NO_COLOR` or a dumb terminal. Colours go to terminals only in any case. */
  mayColour: boolean;
}

/** Results go to standard output, as text or as JSON; everything said beside them goes to standard error. */
export class Output {
  readonly isJson: boolean;

  constructor(private readonly options: OutputOptions) {
    this.isJson = options.isJson;
  }

  /** A result: `json` for programs, or the text. */
  result(json: unknown, text: () => string): void {
    this.line(this.isJson ? JSON.stringify(json, null, 2) : text());
  }

  /** One of many results that come one after another: a line of JSON each, or of text. */
  streamed(json: unknown, text: () => string): void {
    this.line(this.isJson ? JSON.stringify(json) : text());
  }

  table<Row>(columns: Column<Row>[], rows: Row[], none: string): void {
    this.result(rows, () =>
      rows.length === 0 ? none : renderTable(columns, rows, (style, text) => this.paint(style, text)),
    );
  }

  line(text: string): void {
    this.options.stdout.write(`${text}\n`);
  }

  /** Said to the person at the terminal; never part of the result. */
  note(text: string): void {
    this.options.stderr.write(`${text}\n`);
  }

  paint(style: Style | undefined, text: string): string {
    return this.#styled(this.options.stdout, style, text);
  }

  paintNote(style: Style, text: string): string {
    return this.#styled(this.options.stderr, style, text);
  }

  #styled(stream: OutputStream, style: Style | undefined, text: string): string {
    const isColoured = style !== undefined && this.options.mayColour && stream.isTTY === true && !this.isJson;
    // Whether to colour was decided here: Node would ask its own streams.
    return isColoured ? styleText(style, text, { validateStream: false }) : text;
  }
}
