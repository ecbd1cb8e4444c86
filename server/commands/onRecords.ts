/** What the commands beside the records share: where the records are, and how a command ends. */
import { readRecordsPlace } from '../config.ts'
import type { RecordsPlace } from '../records/engine.ts'
import { RecordsError } from '../records/recordsError.ts'

/** Runs `work` and gives the exit status; what goes wrong is one sentence. */
export async function onRecords(
  name: string,
  work: (place: RecordsPlace) => Promise<number>,
): Promise<number> {
  try {
    return await work(readRecordsPlace(process.env))
  } catch (error) {
    console.error(`${name}: ${(error as Error).message.split('\n')[0]}`)
    return 1
  }
}

/** The one file a command is about. */
export function oneFile(args: readonly string[], usage: string): string {
  const [file, ...others] = args
  if (file === undefined || others.length > 0 || file.startsWith('-'))
    throw new RecordsError(`expected one file: ${usage}`)
  return file
}
