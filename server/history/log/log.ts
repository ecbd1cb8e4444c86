/**
 * What a recording is kept in: records in order, each under its own number, appended by one writer at a time. The embedded log
 * (`segmentLog.ts`) is one way to keep them; a distributed log may stand behind the same few calls, so nobody who uses a `Log`
 * may assume that the writer runs in the same process.
 */

export interface LogRecord {
  /** 1 for the first record there ever was, one more for each after it. */
  readonly seq: number
  readonly bytes: Uint8Array
}

export interface Log {
  /**
   * Adds a record as number `seq`, which must be `expectedLast` + 1. Resolves when the record is kept: it then outlives the
   * process. Rejects with `WrongHead` when the last record is another than `expectedLast`: somebody else has written, and the
   * caller is no longer the writer. Rejects with the cause when there is no room; the log is then as it was before.
   */
  append(seq: number, bytes: Uint8Array, expectedLast: number): Promise<void>
  /** Records `from` and on that are kept, then those that come, until the log is closed. */
  tail(from: number): AsyncIterableIterator<LogRecord>
  /** Records `first` to `last`, both included, as far as they are still kept. The caller bounds what it asks for. */
  range(first: number, last: number): Promise<readonly LogRecord[]>
  /** Number of the last record; 0 when there has been none. */
  head(): Promise<number>
  /** Number of the oldest record still kept; head + 1 when none is. */
  oldest(): Promise<number>
  close(): Promise<void>
}

/** Somebody else has appended: this writer has lost its place. */
export class WrongHead extends Error {
  constructor(expectedLast: number, head: number | string) {
    super(`log: the last record is ${head}, expected ${expectedLast}; another writer has been here`)
  }
}

/** A log that cannot be read as it stands; its message is a sentence for the operator. Nothing of it is changed. */
export class UnreadableLog extends Error {}
