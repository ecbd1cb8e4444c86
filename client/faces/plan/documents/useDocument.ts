/** The scenario at hand as a document: saved as versions, branched, opened, merged; unsaved work is kept on the device. */
import { useCallback, useMemo, useRef, useState } from 'react'
import { parseScenario, writeScenario, type Scenario } from '../../../../twin/scenario/document.ts'
import { sayDocument } from '../../../language/documentWords.ts'
import { makeClientId } from '../../../source/clientId.ts'
import {
  getBase,
  getTree,
  getVersion,
  keepMoment,
  putVersion,
  Refused,
  type Version,
  type VersionFacts,
} from '../../../source/keptScenarios.ts'
import { usePolled } from '../../../shell/usePolled.ts'
import type { Live } from '../../../state/live.ts'
import { fromOf, now } from '../begin.ts'
import { keyOf, noteSame } from '../measured.ts'
import type { Scenario as AtHand } from '../useScenario.ts'
import { commonAncestor } from './history.ts'
import { showView, viewToKeep } from './keptView.ts'
import { useDraft, type DraftOffer } from './useDraft.ts'
import { documentOf, isEmptyWork, isSameWork, noHead, workOf, type Head, type Work } from './work.ts'

const ASK_MS = 4000

export interface Saved {
  readonly facts: VersionFacts
  readonly scenario: Scenario
}

/** What is to be brought together: from `base` on, what is at hand and `theirs`. */
export interface Merging {
  readonly base: Scenario
  readonly ours: Scenario
  readonly theirs: Saved
}

export interface Document {
  readonly head: Head
  readonly work: Work
  /** The version that is at hand, or that what is at hand began from. */
  readonly saved: Saved | undefined
  readonly isDirty: boolean
  readonly isBusy: boolean
  /** What others have saved since on this branch. */
  readonly newer: VersionFacts | undefined
  readonly error: string | undefined
  /** What was done last. */
  readonly told: string | undefined
  /** What is to be known of an opened file. */
  readonly warning: string | undefined
  readonly drafts: DraftOffer
  readonly merging: Merging | undefined
  setHead(change: Partial<Head>): void
  /** As the next version, or as the first of a branch; what is refused leaves everything as it is. */
  save(isBranch: boolean): Promise<void>
  open(id: string): Promise<void>
  begin(): void
  import(text: string): Promise<void>
  /** The text of a file. */
  export(): Promise<string | undefined>
  startMerge(id: string): Promise<void>
  endMerge(merged: Scenario | undefined): void
}

export function useDocument(live: Live, atHand: AtHand): Document {
  const [head, setWholeHead] = useState<Head>(noHead)
  const [saved, setSaved] = useState<Saved>()
  const [otherId, setOtherId] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [told, setTold] = useState<string>()
  const [warning, setWarning] = useState<string>()
  const [merging, setMerging] = useState<Merging>()
  const [refusedFor, setRefusedFor] = useState<string>()
  const sending = useRef<{ text: string; id: string }>(undefined)
  const { history, horizonS, begin } = atHand
  const { edits } = history
  const work = useMemo<Work>(() => ({ head, edits, horizonS, begin }), [head, edits, horizonS, begin])
  const isDirty = saved ? !isSameWork(work, workOf(saved.scenario)) : !isEmptyWork(work)
  const newer = useNewer(saved?.facts, refusedFor)

  const adopt = ({ head: given, ...rest }: Work) => {
    setWholeHead(given)
    atHand.replace(rest.edits)
    atHand.setHorizonS(rest.horizonS)
    atHand.setBegin(rest.begin)
  }
  const settle = (to: Saved | undefined) => {
    setSaved(to)
    setOtherId(undefined)
    setRefusedFor(undefined)
    live.store.setView({ scenario: to?.facts.id })
  }
  const doing = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true)
    setError(undefined)
    setTold(undefined)
    try {
      return await act()
    } catch (reason) {
      if (reason instanceof Refused && reason.newer !== undefined) setRefusedFor(reason.newer)
      else setError((reason as Error).message)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  /** What is at hand as a file says it; a beginning now is kept, and has a name from then on. */
  const written = async (): Promise<Scenario> => {
    const base = await getBase()
    const { city, data, model, seed } = base
    let from = fromOf(begin, base.date)
    if (from === undefined) from = { kind: 'moment', ...(await keepMoment()) }
    const scenario = documentOf(work, { city, data, model, seed, from }, saved?.facts.hash)
    // what the fields took is what a file may say
    const document = parseScenario(writeScenario(scenario))
    const named = workOf(document).begin
    atHand.setBegin(named)
    if (begin.kind === 'hour') noteSame(live, keyOf(atHand), keyOf({ ...atHand, begin: named }))
    return document
  }
  const opened = async (id: string) => {
    const version = await getVersion(id)
    const to = savedOf(version)
    setWarning(await checkBase(to.scenario))
    adopt(workOf(to.scenario))
    settle(to)
    return version
  }

  const drafts = useDraft(live, {
    work,
    isDirty,
    savedId: saved?.facts.id,
    otherId,
    async restore({ work: kept, savedId, otherId: other }) {
      await doing(async () => {
        if (savedId !== undefined) settle(savedOf(await getVersion(savedId)))
        adopt(kept)
        setOtherId(other)
        setTold(sayDocument('draft.restored'))
      })
    },
    async openFirst(id, hasView) {
      await doing(async () => {
        const { view } = await opened(id)
        if (!hasView) showView(live, view)
      })
    },
  })

  return {
    head,
    work,
    saved,
    isDirty,
    isBusy,
    newer,
    error,
    told,
    warning,
    drafts,
    merging,
    setHead: (change) => setWholeHead((before) => ({ ...before, ...change })),
    async save(isBranch) {
      await doing(async () => {
        if (head.title.trim() === '') throw new Error(sayDocument('save.noTitle'))
        const scenario = await written()
        const document = writeScenario(scenario)
        const text = JSON.stringify([document, isBranch, otherId])
        // sent again after a lost line it is the same version
        if (sending.current?.text !== text) sending.current = { text, id: makeClientId() }
        const facts = await putVersion(sending.current.id, {
          parent: saved?.facts.id,
          other: otherId,
          isBranch,
          document,
          view: viewToKeep(live),
        })
        settle({ facts, scenario })
        setWholeHead(workOf(scenario).head)
        setTold(sayDocument(isBranch && saved ? 'save.branched' : 'save.done', { step: facts.step + 1 }))
      })
    },
    async open(id) {
      await doing(async () => {
        drafts.leave()
        const { view } = await opened(id)
        showView(live, view)
      })
    },
    begin() {
      drafts.leave()
      adopt({ head: { ...noHead, author: head.author }, edits: [], horizonS, begin: now })
      settle(undefined)
      setTold(undefined)
      setWarning(undefined)
    },
    async import(text) {
      await doing(async () => {
        const scenario = parseScenario(text)
        const found = await checkBase(scenario)
        drafts.leave()
        settle(undefined)
        adopt(workOf(scenario))
        setWarning(found)
        setTold(sayDocument('import.done', { title: scenario.title }))
      })
    },
    export: () =>
      doing(async () => {
        if (head.title.trim() === '') throw new Error(sayDocument('save.noTitle'))
        return writeScenario(await written())
      }),
    async startMerge(id) {
      await doing(async () => {
        if (saved === undefined) return
        const theirs = savedOf(await getVersion(id))
        const tree = await getTree(saved.facts.tree)
        const from = commonAncestor(tree, saved.facts.id, id)
        if (from === undefined) throw new Error(sayDocument('merge.noBase'))
        const base = from.id === saved.facts.id ? saved.scenario : savedOf(await getVersion(from.id)).scenario
        const begun = fromOf(begin, '') ?? saved.scenario.base.from
        const ours = documentOf(work, { ...saved.scenario.base, from: begun })
        setMerging({ base, ours, theirs })
      })
    },
    endMerge(merged) {
      const { theirs } = merging ?? {}
      setMerging(undefined)
      if (merged === undefined || theirs === undefined || saved === undefined) return
      adopt(workOf(merged))
      // what follows on this branch is the parent of what comes next; of another branch it is the second one
      if (theirs.facts.branch === saved.facts.branch) settle(theirs)
      else setOtherId(theirs.facts.id)
      setTold(sayDocument('merge.done'))
    },
  }
}

/** The last version of the branch, where it is another than the one at hand; `refusedFor` is known to be there. */
function useNewer(facts: VersionFacts | undefined, refusedFor: string | undefined): VersionFacts | undefined {
  const id = facts?.id
  const ask = useCallback((signal: AbortSignal) => getVersion(id ?? '', signal), [id])
  const { value } = usePolled(id === undefined ? undefined : ask, ASK_MS, refusedFor)
  return value === undefined || value.tip.id === id ? undefined : value.tip
}

function savedOf(version: Version): Saved {
  return { facts: version, scenario: parseScenario(version.document) }
}

/** What is to be known of where a scenario begins; throws when it is of another city or of other data. */
async function checkBase({ base }: Scenario): Promise<string | undefined> {
  const { city, data, model, seed } = await getBase()
  if (base.city !== city) throw new Error(sayDocument('base.city', { came: base.city, due: city }))
  if (base.data !== data) throw new Error(sayDocument('base.data', { came: base.data, due: data }))
  if (base.model !== model) return sayDocument('base.model', { came: base.model, due: model })
  return base.seed === seed ? undefined : sayDocument('base.seed', { came: base.seed, due: seed })
}
