/**
 * Versions of scenarios: saved, never changed. A version follows its parent on the same branch, and only when no other followed it
 * there before: whoever comes second is told, and merges or begins a branch of his own.
 */
import type { Transaction } from 'kysely'
import { parseScenario, writeScenario } from '../../twin/scenario/document.ts'
import { inOrder } from './audit.ts'
import { sha256 } from './canonicalJson.ts'
import type { Engine } from './engine.ts'
import { keepRow } from './keepRow.ts'
import { RecordConflict } from './recordsError.ts'
import type { RowOf, Tables } from './schema.ts'

export type StoredVersion = RowOf<'scenarioVersions'>

export interface NewVersion {
  readonly clientId: string
  readonly cityId: string
  readonly parentId: string | null
  readonly otherId: string | null
  /** Begins a branch of its own; without a parent it always does. */
  readonly isBranch: boolean
  readonly document: string
  readonly view: string
}

// Of one tree, and of the list of all.
const MOST_OF_TREE = 500
const MOST_LISTED = 200

export class VersionStore {
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  /**
   * Keeps a version, or gives `newer`, the one that has followed its parent already. Throws a RecordConflict with a sentence when it
   * names a parent that is not there, or that its file does not.
   */
  save(given: NewVersion, actor: string): Promise<StoredVersion | { readonly newer: string }> {
    const scenario = parseScenario(given.document)
    // equal scenarios have one text, and so one hash
    const document = writeScenario(scenario)
    return this.engine.db.transaction().execute(async (db) => {
      await inOrder(db)
      const known = await versionOf(db, given.clientId)
      const parent = given.parentId === null ? undefined : await parentOf(db, given.parentId, given.cityId)
      if (given.otherId !== null) await parentOf(db, given.otherId, given.cityId)
      if (scenario.parent !== parent?.hash)
        throw new RecordConflict(
          `parent: is ${scenario.parent ?? 'left out'}, expected ${parent?.hash ?? 'none'}`,
        )
      const isBranch = given.isBranch || parent === undefined
      const last = isBranch ? undefined : await tipOf(db, parent.branch)
      if (known === undefined && last !== undefined && last.clientId !== given.parentId)
        return { newer: last.clientId }
      const { clientId, cityId, parentId, otherId, view } = given
      const savedMs = Date.now()
      const { title: name, horizonS } = scenario
      const edits = JSON.stringify(scenario.edits)
      await keepRow(db, 'scenarios', { clientId, cityId, name, edits, horizonS, savedMs }, 'save', actor)
      const version = {
        clientId,
        cityId,
        tree: parent?.tree ?? clientId,
        branch: isBranch ? clientId : parent.branch,
        step: last === undefined ? 0 : last.step + 1,
        parentId,
        otherId,
        hash: sha256(document),
        document,
        view,
        savedMs,
      }
      return keepRow(db, 'scenarioVersions', version, 'save', actor)
    })
  }

  version(clientId: string): Promise<StoredVersion | undefined> {
    return versionOf(this.engine.db, clientId)
  }

  /** The last of a branch. */
  async tip(branch: string): Promise<StoredVersion | undefined> {
    return tipOf(this.engine.db, branch)
  }

  /** All that began with one version, oldest first. */
  tree(cityId: string, tree: string): Promise<StoredVersion[]> {
    return this.engine.db
      .selectFrom('scenarioVersions')
      .selectAll()
      .where('cityId', '=', cityId)
      .where('tree', '=', tree)
      .orderBy('savedMs')
      .orderBy('step')
      .limit(MOST_OF_TREE)
      .execute()
  }

  /** The last version of each branch of a city, newest first. */
  branches(cityId: string): Promise<StoredVersion[]> {
    return this.engine.db
      .selectFrom('scenarioVersions as one')
      .selectAll()
      .where('cityId', '=', cityId)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('scenarioVersions as later')
              .select('later.clientId')
              .whereRef('later.branch', '=', 'one.branch')
              .whereRef('later.step', '>', 'one.step'),
          ),
        ),
      )
      .orderBy('savedMs', 'desc')
      .orderBy('clientId')
      .limit(MOST_LISTED)
      .execute()
  }
}

function versionOf(
  db: Transaction<Tables> | Engine['db'],
  clientId: string,
): Promise<StoredVersion | undefined> {
  return db.selectFrom('scenarioVersions').selectAll().where('clientId', '=', clientId).executeTakeFirst()
}

async function parentOf(db: Transaction<Tables>, id: string, cityId: string): Promise<StoredVersion> {
  const found = await versionOf(db, id)
  if (found === undefined || found.cityId !== cityId)
    throw new RecordConflict(`parents: there is no version ${id}`)
  return found
}

function tipOf(db: Transaction<Tables> | Engine['db'], branch: string): Promise<StoredVersion | undefined> {
  return db
    .selectFrom('scenarioVersions')
    .selectAll()
    .where('branch', '=', branch)
    .orderBy('step', 'desc')
    .limit(1)
    .executeTakeFirst()
}
