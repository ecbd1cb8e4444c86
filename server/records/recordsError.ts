/** What can be wrong with the records, each in one sentence for the person who reads it. */

/** The records cannot be opened, kept or read. */
export class RecordsError extends Error {}

/** A message whose id is taken by other words: sending it again will not help. */
export class RecordConflict extends RecordsError {}
