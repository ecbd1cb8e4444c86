/**
 * Whether a server stands behind this page. None does behind a demo, nor behind a town that somebody dropped on the planner's
 * face, `?town=monaco`: whoever would ask a server asks the twin in the page's own worker, as far as that has an answer.
 */
import { isDemo } from './demo.ts'
import { TOWN_ID } from './town/townName.ts'

/** The town of this page; undefined where it shows its server's city. It stays the same: another one is another page. */
export const townId: string | undefined = typeof location === 'undefined' ? undefined : townOf(location)

export const isServerless = isDemo || townId !== undefined

/** Only planners have towns of their own. */
export function townOf({ pathname, search }: { readonly pathname: string; readonly search: string }) {
  const id = new URLSearchParams(search).get('town')
  const isPlan = isDemo || pathname.split('/').at(-1) === 'plan'
  return isPlan && id !== null && TOWN_ID.test(id) ? id : undefined
}

type Door = (path: string) => Promise<unknown>
let answerer: Door | undefined

/** From now on `answer` is asked in the server's place. */
export function answerDoors(answer: Door): void {
  answerer = answer
}

/** What a server would answer at `path`; rejects when nobody here can. */
export async function askDoor(path: string): Promise<unknown> {
  if (answerer === undefined) throw new Error(`${path}: there is no server behind this page`)
  return answerer(path)
}
