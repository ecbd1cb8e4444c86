/** What pages ask to be kept beside reports: comments, acknowledgements, scenarios. The answer goes out when it is on the disk. */
import type { City } from '../../twin/city.ts'
import { checkBuilt } from '../../twin/scenario/build.ts'
import type { HubHandlers } from '../hub/hub.ts'
import { TryAgainError } from '../hub/tryAgain.ts'
import { PublicationStore } from './publicationStore.ts'
import type { Records } from './records.ts'
import { RecordConflict } from './recordsError.ts'

export function recordsDoors(
  records: Records,
  city: Promise<City>,
): Pick<HubHandlers, 'comment' | 'acknowledge' | 'saveScenario'> {
  const publications = new PublicationStore(records.engine)
  return {
    comment: async ({ clientId, subject, text, language }, actor) => {
      const { kind, id } = subject
      const requestId = kind === 'request' ? id : null
      const scenarioId = kind === 'scenario' ? id : null
      const closed = scenarioId && (await kept(publications.closedTo(scenarioId, Date.now())))
      if (closed) throw new RecordConflict(`subject: ${closed}`)
      const comment = { clientId, requestId, scenarioId, text, language, filedMs: Date.now() }
      return (await kept(records.comment(comment, actor))).filedMs
    },
    acknowledge: async (message, actor) =>
      (await kept(records.acknowledge({ ...message, atMs: Date.now() }, actor))).atMs,
    saveScenario: async ({ clientId, name, edits, horizonS }, actor) => {
      const known = await city
      checkBuilt(edits, known)
      const scenario = { clientId, cityId: known.info.id, name, edits: JSON.stringify(edits), horizonS }
      return (await kept(records.saveScenario({ ...scenario, savedMs: Date.now() }, actor))).savedMs
    },
  }
}

/** What the store says of a message stands; that the store itself fails will pass. */
async function kept<T>(keeping: Promise<T>): Promise<T> {
  try {
    return await keeping
  } catch (error) {
    if (error instanceof RecordConflict) throw error
    throw new TryAgainError('this cannot be kept just now', error as Error)
  }
}
