/** The thread that reads feeds: what is wrong with their bytes ends here. */
import { parentPort } from 'node:worker_threads'
import { FeedError } from './format.ts'
import { readFeed } from './readFeed.ts'
import type { FromReader, ReadAsked } from './readerMessages.ts'
import { shownOf } from './shown.ts'

const port = parentPort
if (port === null) throw new Error('reader.worker: runs only as a thread')

port.on('message', ({ id, format, file, options }: ReadAsked) => {
  const say = (message: FromReader) => port.postMessage(message)
  try {
    const { content, deviations } = readFeed(file, options, format)
    const told = {
      total: deviations.total,
      byRule: deviations.byRule(),
      examples: deviations.examples(),
    }
    say({ kind: 'read', id, done: { content, shown: shownOf(content), deviations: told } })
  } catch (error) {
    // anything else is a fault of ours, and ends the thread
    if (!(error instanceof FeedError)) throw error
    say({ kind: 'refused', id, why: error.message })
  }
})
