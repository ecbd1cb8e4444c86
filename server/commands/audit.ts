/** `npm run audit`: walks the audit and every record; prints the first that is wrong and exits 1. */
import { Records } from '../records/records.ts'
import { onRecords } from './onRecords.ts'

process.exitCode = await onRecords('audit', async (place) => {
  const records = await Records.open(place, true)
  try {
    const verdict = await records.verify()
    if (!verdict.isWhole) {
      console.error(`audit: ${verdict.what}`)
      return 1
    }
    const { seq, hash } = verdict.head
    console.log(`The audit is whole: ${seq} rows, the last ${hash}`)
    return 0
  } finally {
    await records.close()
  }
})
