/** Keeps unsaved work on the device while there is some, and brings it back: this tab's own by itself, another's when asked. */
import { useEffect, useRef, useState } from 'react'
import { makeClientId } from '../../../source/clientId.ts'
import { deviceKeep } from '../../../shell/outbox.ts'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'
import { dropDraft, keepDraft, otherDrafts, readDraft, type Draft } from './draft.ts'
import type { Work } from './work.ts'

const TAB_KEY = 'citytwin.tab'

export interface DraftOffer {
  /** Work of another tab or an earlier day, the newest. */
  readonly offered: Draft | undefined
  /** Whether the device keeps it. */
  readonly isKept: boolean
  take(): void
  drop(): void
  /** What is at hand is left: its draft stays on the device, and is offered. */
  leave(): void
}

export interface Drafted {
  readonly work: Work
  readonly isDirty: boolean
  readonly savedId: string | undefined
  readonly otherId: string | undefined
  restore(draft: Draft): Promise<void>
  /** What the address names, once there is a city; `hasView` when it says where to look as well. */
  openFirst(id: string, hasView: boolean): Promise<void>
}

export function useDraft(live: Live, drafted: Drafted): DraftOffer {
  const { work, isDirty, savedId, otherId } = drafted
  const keep = deviceKeep()
  const cityId = useStore(live.store, ({ info }) => info?.id)
  const tab = useRef(tabName())
  const hasBegun = useRef(false)
  // as the page was opened: the address follows what is looked at
  const [first] = useState(() => ({
    asked: live.store.get().view.scenario,
    hasView: new URLSearchParams(location.search).has('lng'),
  }))
  // until what is there has been brought back, nothing is written over it
  const [isReady, setReady] = useState(false)
  const [isKept, setKept] = useState(true)
  const [offered, setOffered] = useState<{ readonly tab: string; readonly draft: Draft }>()

  useEffect(() => {
    if (cityId === undefined || hasBegun.current) return
    hasBegun.current = true
    const own = readDraft(keep, tab.current, cityId)
    const { asked, hasView } = first
    const isOfThis = own !== undefined && (asked === undefined || own.savedId === asked)
    const begun = isOfThis
      ? drafted.restore(own)
      : asked === undefined
        ? Promise.resolve()
        : drafted.openFirst(asked, hasView)
    if (!isOfThis) {
      // of another scenario: it waits under a name of its own
      if (own !== undefined) tab.current = newTab()
      setOffered(otherDrafts(keep, tab.current, cityId)[0])
    }
    void begun.then(() => setReady(true))
    // only once, with what there was at first
  }, [cityId, keep, first, drafted])

  useEffect(() => {
    if (!isReady || cityId === undefined) return
    if (!isDirty) dropDraft(keep, tab.current)
    else setKept(keepDraft(keep, tab.current, { cityId, keptMs: Date.now(), savedId, otherId, work }))
  }, [isReady, cityId, keep, isDirty, savedId, otherId, work])

  return {
    offered: offered?.draft,
    isKept,
    take() {
      if (offered === undefined) return
      dropDraft(keep, offered.tab)
      setOffered(undefined)
      void drafted.restore(offered.draft)
    },
    drop() {
      if (offered !== undefined) dropDraft(keep, offered.tab)
      setOffered(undefined)
    },
    leave() {
      if (!isDirty || cityId === undefined) return
      const left = readDraft(keep, tab.current, cityId)
      if (left !== undefined) setOffered({ tab: tab.current, draft: left })
      tab.current = newTab()
    },
  }
}

/** The same for this tab when it is reloaded, another in each. */
function tabName(): string {
  try {
    return sessionStorage.getItem(TAB_KEY) ?? newTab()
  } catch {
    return makeClientId()
  }
}

function newTab(): string {
  const name = makeClientId()
  try {
    sessionStorage.setItem(TAB_KEY, name)
  } catch {
    // such a browser keeps no draft either
  }
  return name
}
