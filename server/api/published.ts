/**
 * What is published, for all: `/api/published`, one of it, its picture, and what people say of it, which anybody may while the window
 * is open. Publishing and withdrawing are for planners. Nothing published is ever gone: what is withdrawn says so, and why.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { Router as makeRouter, type Router } from 'express'
import * as v from 'valibot'
import { checkMessage } from '../../twin/protocol/messages.ts'
import { rolesOfEvent } from '../../twin/protocol/roles.ts'
import type { Scenario } from '../../twin/scenario/document.ts'
import { publicationSchema, type PublicationBody } from '../../twin/scenario/publication.ts'
import { AddressBuckets } from '../access/perAddress.ts'
import type { CityFolder } from '../loop/cityFolder.ts'
import type { PublicationStore, StoredPublication, Withdrawal } from '../records/publicationStore.ts'
import type { VersionStore } from '../records/versionStore.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { readPicture } from './picture.ts'
import { answer } from './scenarioFiles.ts'
import { maySay } from './whoAsks.ts'

const PUBLISH_LIMIT = { atOnce: 10, perMinute: 10 }
const COMMENT_LIMIT = { atOnce: 10, perMinute: 12 }
const publishSchema = v.strictObject({
  publication: publicationSchema,
  /** A data URL; empty when there is none. */
  picture: v.pipe(v.string(), v.maxLength(2_500_000)),
})
const reasonSchema = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  reason: v.pipe(v.string(), v.maxLength(500), v.regex(/\S/)),
})
const sayingSchema = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(2000), v.regex(/\S/)),
  language: v.picklist(['en', 'es']),
})

export function publishedRoutes(
  context: ApiContext,
  versions: VersionStore,
  publications: PublicationStore,
  docsFolder: string,
): Router {
  const router = makeRouter()
  const { doorkeeper, records } = context
  const planners = rolesOfEvent.saveScenario
  const publishing = new AddressBuckets(PUBLISH_LIMIT)
  const commenting = new AddressBuckets(COMMENT_LIMIT)

  router.get('/published/:id', (request, response) => {
    // everything the page asks for lies right under the root
    response.redirect(`../published?id=${encodeURIComponent(request.params.id)}`)
  })

  router.get('/api/published', async (_request, response) => {
    if (context.folder === undefined) return stillStarting(response)
    const rows = await publications.publications(context.folder.info.id)
    const listed = rows.map(async ({ clientId, versionId, body, publishedMs }) => {
      const { comments, city } = JSON.parse(body) as PublicationBody
      const version = await versions.version(versionId)
      const withdrawal = await publications.withdrawal(clientId)
      // a publication names a version that is there
      const { title } = JSON.parse(version!.document) as Scenario
      const facts = { id: clientId, version: versionId, title, publishedMs, comments }
      return { ...facts, timeZone: city.timeZone, nowMs: Date.now(), ...saidOf(withdrawal) }
    })
    response.set('Cache-Control', 'no-store').json(await Promise.all(listed))
  })

  router.get('/api/published/:id', async (request, response) => {
    const found = await publications.publication(request.params.id)
    const version = found && (await versions.version(found.versionId))
    response.set('Cache-Control', 'no-store')
    if (found === undefined || version === undefined) {
      response.status(404).json({ error: `nothing is published as ${request.params.id.slice(0, 80)}` })
      return
    }
    const withdrawal = await publications.withdrawal(found.clientId)
    const scenario = JSON.parse(version.document) as Scenario
    const head = { id: found.clientId, publishedMs: found.publishedMs, savedMs: version.savedMs }
    // what was withdrawn is not to be relied upon: its name and the reason stay
    if (withdrawal !== undefined) {
      const { title, question, author } = scenario
      response.json({ ...head, scenario: { title, question, author }, ...saidOf(withdrawal) })
      return
    }
    response.json({
      ...head,
      hash: version.hash,
      scenario,
      body: JSON.parse(found.body) as PublicationBody,
      hasPicture: found.picture !== '',
      nowMs: Date.now(),
    })
  })

  router.get('/api/published/:id/picture', async (request, response, next) => {
    const found = await publications.publication(request.params.id)
    const picture = found && readPicture(found.picture)
    if (picture === undefined || (await publications.withdrawal(found!.clientId)) !== undefined) return next()
    response.set('Cache-Control', 'public, max-age=3600').type(picture.type).send(picture.bytes)
  })

  router.get('/api/published/:id/scenario.json', async (request, response, next) => {
    const found = await publications.publication(request.params.id)
    const version = found && (await versions.version(found.versionId))
    if (version === undefined || (await publications.withdrawal(found!.clientId)) !== undefined) return next()
    response
      .set('Content-Disposition', `attachment; filename="${version.hash.slice(0, 12)}.json"`)
      .type('application/json')
      .send(version.document)
  })

  router.put('/api/published/:id', express.json({ limit: '4mb' }), async (request, response) => {
    if (!maySay(doorkeeper, planners, publishing, request, response)) return
    const { folder } = context
    if (folder === undefined) return stillStarting(response)
    const checked = checkMessage(publishSchema, request.body)
    const fault =
      'error' in checked
        ? checked.error
        : !isId(request.params.id)
          ? 'the id is no UUID'
          : checked.value.picture !== '' && readPicture(checked.value.picture) === undefined
            ? 'picture: expected a PNG, JPEG or WebP'
            : undefined
    if (fault !== undefined || 'error' in checked) {
      response.status(400).json({ error: fault })
      return
    }
    const { publication, picture } = checked.value
    const version = await versions.version(publication.version)
    if (version === undefined || version.cityId !== folder.info.id) {
      response.status(409).json({ error: `version: there is no ${publication.version}` })
      return
    }
    const before = await publications.publication(request.params.id)
    const body = { ...publication, ...(await frozenWith(before, folder, docsFolder)) }
    const row: StoredPublication = {
      clientId: request.params.id,
      cityId: folder.info.id,
      versionId: version.clientId,
      body: JSON.stringify(body),
      picture,
      publishedMs: Date.now(),
    }
    const kept = await publications.publish(row, actorOf(request)).catch((error: Error) => error)
    answer(response, kept, ({ clientId, publishedMs }) => response.json({ id: clientId, publishedMs }))
  })

  router.put('/api/published/:id/withdrawal', express.json({ limit: '4kb' }), async (request, response) => {
    if (!maySay(doorkeeper, planners, publishing, request, response)) return
    const checked = checkMessage(reasonSchema, request.body)
    if ('error' in checked) {
      response.status(400).json({ error: checked.error })
      return
    }
    const found = await publications.publication(request.params.id)
    if (found === undefined) {
      response.status(404).json({ error: 'nothing is published under this id' })
      return
    }
    const { id, reason } = checked.value
    const row = { clientId: id, publicationId: found.clientId, reason, withdrawnMs: Date.now() }
    const kept = await publications.withdraw(row, actorOf(request)).catch((error: Error) => error)
    answer(response, kept, (withdrawal) => response.json(saidOf(withdrawal)))
  })

  router.get('/api/published/:id/comments', async (request, response) => {
    const found = await publications.publication(request.params.id)
    const said =
      found === undefined ? [] : await records.commentsOn({ kind: 'scenario', id: found.versionId })
    response
      .set('Cache-Control', 'no-store')
      .json(said.map(({ clientId, text, language, filedMs }) => ({ id: clientId, text, language, filedMs })))
  })

  router.put(
    '/api/published/:id/comments/:comment',
    express.json({ limit: '16kb' }),
    async (request, response) => {
      if (!maySay(doorkeeper, rolesOfEvent.comment, commenting, request, response)) return
      const checked = checkMessage(sayingSchema, request.body)
      if ('error' in checked || !isId(request.params.comment)) {
        response.status(400).json({ error: 'error' in checked ? checked.error : 'the id is no UUID' })
        return
      }
      const found = await publications.publication(request.params.id)
      if (found === undefined) {
        response.status(404).json({ error: 'nothing is published under this id' })
        return
      }
      const closed = await publications.closedTo(found.versionId, Date.now())
      if (closed !== undefined) {
        response.status(409).json({ error: closed })
        return
      }
      const comment = {
        clientId: request.params.comment,
        requestId: null,
        scenarioId: found.versionId,
        ...checked.value,
        filedMs: Date.now(),
      }
      const actor = doorkeeper.actorOf(doorkeeper.pass(request), rolesOfEvent.comment) ?? 'anyone'
      const kept = await records.comment(comment, actor).catch((error: Error) => error)
      answer(response, kept, ({ filedMs }) => response.json({ filedMs }))
    },
  )

  const actorOf = (request: Parameters<typeof doorkeeper.pass>[0]) =>
    doorkeeper.actorOf(doorkeeper.pass(request), planners) ?? 'anyone'
  return router
}

function isId(text: string | undefined): boolean {
  return v.is(v.pipe(v.string(), v.uuid()), text)
}

function saidOf(withdrawal: Withdrawal | undefined): object {
  return withdrawal === undefined
    ? {}
    : { withdrawn: { reason: withdrawal.reason, withdrawnMs: withdrawal.withdrawnMs } }
}

/** What the server adds, as it was on the day it was published: said again it stays as it was. */
async function frozenWith(
  before: StoredPublication | undefined,
  { info }: CityFolder,
  docsFolder: string,
): Promise<Pick<PublicationBody, 'city' | 'sources' | 'card'>> {
  if (before !== undefined) {
    const { city, sources, card } = JSON.parse(before.body) as PublicationBody
    return { city, sources, card }
  }
  const card = (file: string) => readFile(join(docsFolder, file), 'utf8').catch(() => '')
  return {
    city: { name: info.name, timeZone: info.timeZone, attribution: info.attribution },
    sources: info.files.map(({ what, kind, source, licence }) => ({ what, kind, source, licence })),
    card: { en: await card('model-card.md'), es: await card('model-card.es.md') },
  }
}
