/** Saved scenarios over HTTP: branches, versions, moments; and what is published. A PUT under an id of the page's own is kept once. */
import type { PublicationBody, Publication } from '../../twin/scenario/publication.ts'
import type { Scenario } from '../../twin/scenario/document.ts'
import { addressOf } from './address.ts'

/** Of a version, without its text. */
export interface VersionFacts {
  readonly id: string
  readonly tree: string
  readonly branch: string
  /** 0, 1, 2, … of its branch. */
  readonly step: number
  readonly parent?: string
  readonly other?: string
  readonly hash: string
  readonly title: string
  readonly author?: string
  readonly edits: number
  readonly savedMs: number
}

export interface Version extends VersionFacts {
  readonly document: string
  /** What the map showed, as a query. */
  readonly view: string
  /** The last of its branch. */
  readonly tip: VersionFacts
}

export interface ScenarioBase {
  readonly city: string
  readonly data: string
  readonly model: string
  readonly seed: number
  /** Today, in the city. */
  readonly date: string
}

export interface NewVersion {
  readonly parent: string | undefined
  readonly other: string | undefined
  readonly isBranch: boolean
  readonly document: string
  readonly view: string
}

export interface Withdrawn {
  readonly reason: string
  readonly withdrawnMs: number
}

export interface PublishedFacts {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly publishedMs: number
  readonly comments: Publication['comments']
  /** Of its city. */
  readonly timeZone: string
  /** The server's clock. */
  readonly nowMs: number
  readonly withdrawn?: Withdrawn
}

export interface Published {
  readonly id: string
  readonly publishedMs: number
  readonly savedMs: number
  /** Of what was withdrawn only its head. */
  readonly scenario: Pick<Scenario, 'title' | 'question' | 'author'> & Partial<Scenario>
  readonly hash?: string
  readonly body?: PublicationBody
  readonly hasPicture?: boolean
  /** The server's clock. */
  readonly nowMs?: number
  readonly withdrawn?: Withdrawn
}

export interface Saying {
  readonly id: string
  readonly text: string
  readonly language: string
  readonly filedMs: number
}

/** What a server says no to, in its words; `newer` names what others have saved since. */
export class Refused extends Error {
  readonly newer: string | undefined

  constructor(message: string, newer?: string) {
    super(message)
    this.newer = newer
  }
}

export const getBase = () => ask<ScenarioBase>('/api/scenario-base')
export const keepMoment = () => ask<{ at: string; state: string }>('/api/moments', { method: 'POST' })
export const getBranches = (signal?: AbortSignal) =>
  ask<VersionFacts[]>('/api/branches', signal && { signal })
export const getTree = (tree: string) => ask<VersionFacts[]>(`/api/trees/${tree}`)
export const getVersion = (id: string, signal?: AbortSignal) =>
  ask<Version>(`/api/versions/${encodeURIComponent(id)}`, signal && { signal })
export const putVersion = (id: string, version: NewVersion) =>
  ask<VersionFacts>(`/api/versions/${id}`, put(version))

export const getPublications = (signal?: AbortSignal) =>
  ask<PublishedFacts[]>('/api/published', signal && { signal })
export const getPublished = (id: string) => ask<Published>(`/api/published/${encodeURIComponent(id)}`)
export const putPublication = (id: string, publication: Publication, picture: string) =>
  ask<{ id: string; publishedMs: number }>(`/api/published/${id}`, put({ publication, picture }))
export const putWithdrawal = (id: string, withdrawal: { id: string; reason: string }) =>
  ask(`/api/published/${id}/withdrawal`, put(withdrawal))
export const getSayings = (id: string, signal?: AbortSignal) =>
  ask<Saying[]>(`/api/published/${encodeURIComponent(id)}/comments`, signal && { signal })
export const putSaying = (id: string, saying: string, said: { text: string; language: string }) =>
  ask<{ filedMs: number }>(`/api/published/${id}/comments/${saying}`, put(said))

function put(body: object): RequestInit {
  return {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** The JSON at a path; throws what the server says against it. */
async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(addressOf(path), init)
  const answer = (await response.json().catch(() => ({}))) as { error?: string; newer?: string }
  if (response.status !== 200)
    throw new Refused(answer.error ?? `the server answered ${response.status}`, answer.newer)
  return answer as T
}
