/**
 * Scenarios as documents: where one begins now (`/api/scenario-base`), a moment of the live city kept to begin from (`/api/moments`),
 * the branches, the versions of a tree, and one version, read and saved (`/api/versions/<id>`). For planners.
 */
import express, { Router as makeRouter, type Response, type Router } from 'express'
import * as v from 'valibot'
import { checkMessage } from '../../twin/protocol/messages.ts'
import { rolesOfEvent } from '../../twin/protocol/roles.ts'
import { checkBuilt } from '../../twin/scenario/build.ts'
import { MODEL_VERSION, MOST_LETTERS, parseScenario, type Scenario } from '../../twin/scenario/document.ts'
import { AddressBuckets } from '../access/perAddress.ts'
import { dataVersion } from '../loop/cityFolder.ts'
import { RecordConflict } from '../records/recordsError.ts'
import type { StoredVersion, VersionStore } from '../records/versionStore.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { mayAsk, maySay } from './whoAsks.ts'

const SAVE_LIMIT = { atOnce: 20, perMinute: 30 }
const id = v.pipe(v.string(), v.uuid())
const versionSchema = v.strictObject({
  parent: v.optional(id),
  /** What was merged into the parent. */
  other: v.optional(id),
  isBranch: v.optional(v.boolean()),
  document: v.pipe(v.string(), v.maxLength(MOST_LETTERS)),
  view: v.pipe(v.string(), v.regex(/^[\w.,=&:-]{0,500}$/)),
})

export function scenarioFileRoutes(context: ApiContext, versions: VersionStore): Router {
  const router = makeRouter()
  const { doorkeeper, live, moments } = context
  const planners = rolesOfEvent.saveScenario
  const limit = new AddressBuckets(SAVE_LIMIT)

  router.get('/api/scenario-base', (request, response) => {
    if (!mayAsk(doorkeeper, planners, request, response)) return
    const { folder } = context
    if (folder === undefined || live.facts === undefined || live.timeMs === undefined)
      return stillStarting(response)
    const { seed, utcOffsetS } = live.facts
    response.set('Cache-Control', 'no-store').json({
      city: folder.info.id,
      data: dataVersion(folder),
      model: MODEL_VERSION,
      seed,
      date: new Date(live.timeMs + utcOffsetS * 1000).toISOString().slice(0, 10),
    })
  })

  router.post('/api/moments', async (request, response) => {
    if (!maySay(doorkeeper, planners, limit, request, response)) return
    const { folder } = context
    if (folder === undefined || live.facts === undefined || live.timeMs === undefined)
      return stillStarting(response)
    const at = isoWithOffset(live.timeMs, live.facts.utcOffsetS)
    response.json({ at, state: await moments.keep(dataVersion(folder)) })
  })

  router.get('/api/branches', async (request, response) => {
    if (!mayAsk(doorkeeper, planners, request, response)) return
    if (context.city === undefined) return stillStarting(response)
    const tips = await versions.branches(context.city.info.id)
    response.set('Cache-Control', 'no-store').json(tips.map(summaryOf))
  })

  router.get('/api/trees/:tree', async (request, response) => {
    if (!mayAsk(doorkeeper, planners, request, response)) return
    if (context.city === undefined) return stillStarting(response)
    const all = await versions.tree(context.city.info.id, request.params.tree)
    response.set('Cache-Control', 'no-store').json(all.map(summaryOf))
  })

  router.get('/api/versions/:id', async (request, response) => {
    if (!mayAsk(doorkeeper, planners, request, response)) return
    const version = await versions.version(request.params.id)
    if (version === undefined || version.cityId !== context.folder?.info.id) {
      response.status(404).json({ error: `there is no version ${request.params.id.slice(0, 80)} here` })
      return
    }
    const tip = await versions.tip(version.branch)
    const { document, view } = version
    response
      .set('Cache-Control', 'no-store')
      .json({ ...summaryOf(version), document, view, tip: tip && summaryOf(tip) })
  })

  router.put('/api/versions/:id', express.json({ limit: '3mb' }), async (request, response) => {
    if (!maySay(doorkeeper, planners, limit, request, response)) return
    const { city, folder } = context
    if (city === undefined || folder === undefined) return stillStarting(response)
    const checked = checkMessage(versionSchema, request.body)
    if ('error' in checked || !v.is(id, request.params.id)) {
      response.status(400).json({ error: 'error' in checked ? checked.error : 'the id is no UUID' })
      return
    }
    const { parent, other, isBranch, document, view } = checked.value
    try {
      const scenario = parseScenario(document)
      checkBase(scenario, folder.info.id, dataVersion(folder))
      checkBuilt(
        scenario.edits.filter(({ isOff }) => isOff !== true),
        city,
      )
    } catch (error) {
      response.status(400).json({ error: (error as Error).message })
      return
    }
    const saved = await versions
      .save(
        {
          clientId: request.params.id,
          cityId: folder.info.id,
          parentId: parent ?? null,
          otherId: other ?? null,
          isBranch: isBranch ?? false,
          document,
          view,
        },
        doorkeeper.actorOf(doorkeeper.pass(request), planners) ?? 'anyone',
      )
      .catch((error: Error) => error)
    answer(response, saved, (version) => {
      if ('newer' in version) response.status(409).json({ error: 'others have saved since', ...version })
      else response.json(summaryOf(version))
    })
  })

  return router
}

/** What the store says of a message stands, 409; that the store itself fails will pass, 503. */
export function answer<T extends object>(response: Response, kept: T | Error, then: (kept: T) => void): void {
  if (!(kept instanceof Error)) then(kept)
  else if (kept instanceof RecordConflict) response.status(409).json({ error: kept.message })
  else response.status(503).json({ error: `this cannot be kept just now: ${kept.message}` })
}

/** Throws with a sentence when a scenario is of another city, or of other data: its rows may be others. */
function checkBase({ base }: Scenario, cityId: string, data: string): void {
  if (base.city !== cityId) throw new Error(`base.city is ${base.city}, expected ${cityId}`)
  if (base.data !== data)
    throw new Error(`base.data is ${base.data}, this city has ${data}: its rows may be others`)
}

/** Of a version, without its text. */
function summaryOf(version: StoredVersion): object {
  // written by `writeScenario`
  const { title, author, edits } = JSON.parse(version.document) as Scenario
  return {
    id: version.clientId,
    tree: version.tree,
    branch: version.branch,
    step: version.step,
    parent: version.parentId ?? undefined,
    other: version.otherId ?? undefined,
    hash: version.hash,
    title,
    author,
    edits: edits.length,
    savedMs: version.savedMs,
  }
}

/** ISO 8601 with the city's own offset. */
function isoWithOffset(timeMs: number, utcOffsetS: number): string {
  const local = new Date(timeMs + utcOffsetS * 1000).toISOString().slice(0, 19)
  const minutes = Math.round(Math.abs(utcOffsetS) / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local}${utcOffsetS < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
