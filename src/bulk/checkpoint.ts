import type { BulkRow, ErrorInfo } from '../types';

/** A row as a Collection keeps it: what was about to be sent, or what became of it. */
export interface CheckpointRecord {
  key: string;
  value: {
    status: 'sending' | 'accepted' | 'failed' | 'unknown' | 'unsent';
    id?: string;
    error?: Pick<ErrorInfo, 'code' | 'retryable'>;
  };
}

export type Save = (records: CheckpointRecord[]) => Promise<void>;

/** Remembers what became of rows until it is saved. */
export class Checkpoint {
  #outcomes: CheckpointRecord[] = [];
  /** References that were saved as `sending`, and have no outcome yet. */
  readonly #open = new Set<string>();

  constructor(
    readonly save: Save,
    /** How many rows are announced at a time. */
    readonly size: number,
  ) {}

  add({ reference }: BulkRow, value: CheckpointRecord['value']) {
    if (reference === undefined || !this.#open.delete(reference)) return;
    this.#outcomes.push({ key: reference, value });
  }

  /** Saves what became of the rows before, and announces the next ones. */
  async announce(references: string[]) {
    await this.flush();
    if (!references.length) return;
    for (const reference of references) this.#open.add(reference);
    await this.save(
      references.map(key => ({ key, value: { status: 'sending' } })),
    );
  }

  async flush() {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    if (outcomes.length) await this.save(outcomes);
  }

  /** At the end: what was announced and not sent may be sent by the next run. */
  async finish() {
    for (const key of [...this.#open])
      this.add({ index: 0, reference: key }, { status: 'unsent' });
    await this.flush();
  }
}
