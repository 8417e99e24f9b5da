/** Long output for people goes through a pager: what a command prints on a terminal is gathered, and shown at its end. */
import type { CommandContext, Output } from './command-context';

export class Paging {
  private readonly gathered: Buffer[] = [];
  private isPaging = false;

  constructor(private readonly context: CommandContext) {}

  /** The same context, but that what is printed comes by here. */
  around(): CommandContext {
    const { out } = this.context;
    const paged: Output = {
      ...out,
      write: (text) => (this.isPaging ? void this.gathered.push(Buffer.from(text)) : out.write(text)),
      writeBytes: (text) =>
        this.isPaging ? void this.gathered.push(Buffer.from(text, 'latin1')) : out.writeBytes(text),
    };
    return { ...this.context, out: paged };
  }

  /** From now on output is gathered, if it goes to a terminal. */
  begin(): void {
    this.isPaging = this.context.out.isTerminal && this.context.page !== undefined;
  }

  /** Shows what was gathered; where no pager can, it is printed as ever. */
  end(): void {
    const text = Buffer.concat(this.gathered);
    if (text.length > 0 && !this.context.page?.(text)) this.context.out.writeBytes(text.toString('latin1'));
  }
}
