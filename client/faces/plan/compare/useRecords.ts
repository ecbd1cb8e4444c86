/** What is kept of runs, so that kept ones are shown beside the one at hand at one clock: each run from its beginning, while anybody may want it. */
import { useEffect, useState } from 'react'
import type { Live } from '../../../state/live.ts'
import { RunRecord } from '../../../state/runRecord.ts'
import type { KeptOnes } from './useKept.ts'

export class Records {
  private readonly live: Live
  private readonly all = new Map<string, RunRecord>()

  constructor(live: Live) {
    this.live = live
  }

  of(runId: string): RunRecord | undefined {
    return this.all.get(runId)
  }

  /** Begins with the run at hand, goes on with those that are kept, and lets go of all others. */
  want(atHand: string | undefined, kept: readonly string[]): void {
    for (const [id, record] of this.all) {
      if (id === atHand || kept.includes(id)) continue
      record.stop()
      this.all.delete(id)
    }
    if (atHand !== undefined && !this.all.has(atHand)) this.all.set(atHand, new RunRecord(this.live, atHand))
  }
}

export function useRecords(live: Live, atHand: string | undefined, kept: KeptOnes): Records {
  const [records] = useState(() => new Records(live))
  const keptIds = kept.all.map(({ run }) => run.id).join()
  useEffect(() => records.want(atHand, keptIds.split(',')), [records, atHand, keptIds])
  useEffect(() => () => records.want(undefined, []), [records])
  return records
}
