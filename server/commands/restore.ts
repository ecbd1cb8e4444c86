/** `npm run restore -- FILE`: a backup into an empty store; nothing is kept of one that is not whole. */
import { restore } from '../records/backup.ts'
import { openEngine } from '../records/engine.ts'
import { oneFile, onRecords } from './onRecords.ts'

process.exitCode = await onRecords('restore', async (place) => {
  const file = oneFile(process.argv.slice(2), 'npm run restore -- FILE')
  const engine = await openEngine(place)
  try {
    const { head } = await restore(engine, file, (line) => console.log(line))
    console.log(`Restored; the audit is whole and ends with row ${head.seq}, ${head.hash}`)
    return 0
  } finally {
    await engine.db.destroy()
  }
})
