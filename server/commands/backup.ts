/** `npm run backup -- FILE`: all records as of now into one file, while the server runs. */
import { backup } from '../records/backup.ts'
import { Records } from '../records/records.ts'
import { oneFile, onRecords } from './onRecords.ts'

process.exitCode = await onRecords('backup', async (place) => {
  const file = oneFile(process.argv.slice(2), 'npm run backup -- FILE')
  const records = await Records.open(place, true)
  try {
    const { head } = await backup(records.engine, file, Date.now(), (line) => console.log(line))
    console.log(`${file} holds all of it; the audit ends with row ${head.seq}, ${head.hash}`)
    return 0
  } finally {
    await records.close()
  }
})
