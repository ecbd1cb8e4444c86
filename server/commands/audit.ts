/**
 * `npm run audit [-- HASH]`: walks the audit and every record; prints the first that is wrong and exits 1. With a hash that was
 * noted before, also whether it is still in the chain: that shows an audit that was written anew from its beginning.
 */
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
    const [noted] = process.argv.slice(2)
    if (noted !== undefined) {
      const row = await records.auditRow(noted)
      if (row === undefined) {
        console.error(`audit: no row has the hash ${noted}`)
        return 1
      }
      console.log(`Row ${row.seq} has the hash you noted`)
    }
    const { seq, hash } = verdict.head
    console.log(`The audit is whole: ${seq} rows, the last ${hash}`)
    return 0
  } finally {
    await records.close()
  }
})
