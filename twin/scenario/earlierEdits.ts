/** Edits as earlier releases kept them, in today's words. */
import * as v from 'valibot'
import { editSchema, type ScenarioEdit } from './edits.ts'

const row = v.number()
const earlierSchema = v.variant('kind', [
  v.object({ kind: v.literal('setLinkClosed'), link: row, isClosed: v.literal(true) }),
  v.object({ kind: v.literal('setBreakerOpen'), breaker: row, isOpen: v.literal(true) }),
  v.object({ kind: v.literal('setSubstationInService'), substation: row, isInService: v.literal(false) }),
])

/** The edits of a kept list. One that undid nothing, and one of no kind that ever was, is left out. */
export function editsOfKept(kept: readonly unknown[]): ScenarioEdit[] {
  return kept.flatMap((edit, i) => {
    const known = v.safeParse(editSchema, edit)
    if (known.success) return [known.output]
    const earlier = v.safeParse(earlierSchema, edit)
    return earlier.success ? [todays(earlier.output, `e${i + 1}`)] : []
  })
}

function todays(edit: v.InferOutput<typeof earlierSchema>, id: string): ScenarioEdit {
  switch (edit.kind) {
    case 'setLinkClosed':
      return { kind: 'closeStreet', id, links: [edit.link] }
    case 'setBreakerOpen':
      return { kind: 'openBreaker', id, breaker: edit.breaker }
    case 'setSubstationInService':
      return { kind: 'substationOut', id, substation: edit.substation }
  }
}
